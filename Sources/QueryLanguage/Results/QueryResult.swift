package import Telemetry

/// What a query found: the table, the graphs and the heatmaps, all of one run on one snapshot.
package struct QueryResult: Sendable {
  package var query: Query
  /// Half-open, Unix nanoseconds; `start == end` when there is nothing.
  package var start = UnixNanos.zero
  package var end = UnixNanos.zero
  /// Width of a bucket; the first begins at or before `start`, at a multiple of it.
  package var granularity = Nanoseconds.zero
  /// Group fields, then calculations, in query order; or the fields of raw rows.
  package var columns: [ResultColumn] = []
  /// Aligned with `columns`, in order, at most LIMIT.
  package var rows: [[ResultValue]] = []
  /// All groups together, HAVING and LIMIT ignored; aligned with `columns`.
  package var total: [ResultValue] = []
  /// The groups cut off by LIMIT together.
  package var other: [ResultValue]?
  /// Starts of the buckets of every series and heatmap.
  package var times: [UnixNanos] = []
  /// One for each row and calculation that is no heatmap, rows outermost; without GROUP BY one
  /// for each calculation.
  package var series: [Series] = []
  /// For each calculation that is one: first that of all groups together, then those of the rows
  /// with graphs, over the same edges.
  package var heatmaps: [Heatmap] = []
  /// Of raw rows: the span behind each row.
  package var spans: [SpanKey] = []
  /// Spans held; those of segments outside the time may be left out.
  package var spansExamined = 0
  /// Spans in the time for which WHERE holds.
  package var spansMatched = 0
  /// Groups before HAVING and LIMIT.
  package var groups = 0
  /// Wall time the backend took.
  package var elapsed = Nanoseconds.zero
  /// Spans that the table counts and the graphs leave out; nil without any.
  package var strays: Strays?
  /// Where no span in the time range matches: how many outside of it do.
  package var matchedOutside = 0
  /// What may not mean what the query says, each with the term it is about.
  package var warnings: [QueryWarning] = []

  package init(query: Query) { self.query = query }

  /// One line of a graph.
  package struct Series: Sendable {
    /// Index into the query's calculations.
    package var calculation: Int
    /// Index into `rows`.
    package var row: Int
    /// The row's values of GROUP BY; empty without it.
    package var group: [ResultValue]
    /// One for each of `times`; nil where nothing was measured.
    package var values: [Double?]
    /// The same where the values are instants, which doubles cannot hold; empty otherwise.
    package var instants: [UnixNanos?]

    package init(
      calculation: Int, row: Int, group: [ResultValue], values: [Double?],
      instants: [UnixNanos?] = []
    ) {
      self.calculation = calculation
      self.row = row
      self.group = group
      self.values = values
      self.instants = instants
    }
  }
}

/// A column of a table.
package struct ResultColumn: Hashable, Sendable {
  /// As the query prints it.
  package var name: String
  package var type: FieldType
  package var source: Source

  package init(name: String, type: FieldType, source: Source) {
    (self.name, self.type, self.source) = (name, type, source)
  }

  package enum Source: Hashable, Sendable {
    case field(FieldRef)
    case calculation(Calculation)
  }
}

/// Which span.
package struct SpanKey: Hashable, Sendable {
  package var trace: TraceID
  /// Not unique within the trace when a sender gives an id twice.
  package var span: SpanID

  package init(trace: TraceID, span: SpanID) { (self.trace, self.span) = (trace, span) }
}
