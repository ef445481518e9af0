import QueryLanguage
import SpanStore
import Telemetry

/// Reads fields of one segment, keeping what one query reads more than once.
struct SegmentReader {
  let view: SegmentView
  private var known: [FieldRef: FieldColumn?] = [:]
  private var knownRelations: TraceRelations?

  /// What the rows are where they are no spans.
  private(set) var items: ItemRows?

  init(_ view: SegmentView) { self.view = view }

  /// Of the events or links of a segment.
  init(_ view: SegmentView, _ items: ItemRows) { (self.view, self.items) = (view, items) }

  /// Spans, or events or links.
  var rowCount: Int { items?.owners.count ?? segment.rowCount }

  var segment: Segment { view.segment }

  /// The field over all rows; nil when no row has it.
  ///
  /// - Throws: `CancellationError`, and ``QueryError`` for a regular expression inside a computed
  ///   field.
  mutating func column(_ field: FieldRef) throws -> FieldColumn? {
    if let column = known[field] { return column }
    if let items {
      var spans = SegmentReader(view)
      let column = try items.column(field, &spans)
      known[field] = .some(column)
      return column
    }
    if let computed = field.computed {
      let column = try column(computed)
      known[field] = .some(column)
      return column
    }
    let own = FieldRef(field.name, scope: field.scope)
    let column: FieldColumn? =
      switch field.relation {
      case .own: FieldSource.column(own, segment)
      case .root: try self.column(own)?.gathered(rootRows())
      case .parent: try self.column(own)?.gathered(relations().parents)
      }
    known[field] = column
    return column
  }

  private mutating func column(_ computed: ComputedField) throws -> FieldColumn? {
    switch computed {
    case .related(let value): return try RelatedColumn.column(value, &self)
    case .expression(let expression): return try ExpressionColumn.column(expression, &self)
    case .condition(let filter): return FieldColumn(.bools(try FilterScan(filter).rows(&self)))
    }
  }

  /// What stands to what in the segment's traces.
  mutating func relations() -> TraceRelations {
    if let knownRelations { return knownRelations }
    let relations = TraceRelations(segment)
    knownRelations = relations
    return relations
  }

  /// For each row the row of its trace's root; -1 where no root is held.
  private func rootRows() -> [Int32] {
    var rows = [Int32](repeating: -1, count: segment.rowCount)
    for trace in 0..<segment.traces.count {
      // The first row is the root, unless a circle of parents had to be cut there.
      guard let root = segment.traces.rows(trace).first(where: { segment.isRoot[$0] }) else {
        continue
      }
      for row in segment.traces.rows(trace) { rows[row] = Int32(truncatingIfNeeded: root) }
    }
    return rows
  }
}

extension FieldColumn {
  /// The column with row `i` taken from row `rows[i]`; rows of -1 have no value.
  func gathered(_ rows: [Int32]) -> FieldColumn {
    var present = Bitmap(repeating: false, count: rows.count)
    for (row, source) in rows.enumerated() where source >= 0 && hasValue(Int(source)) {
      present.insert(row)
    }
    return FieldColumn(present: present, values.gathered(rows))
  }
}

extension FieldColumn.Values {
  fileprivate func gathered(_ rows: [Int32]) -> FieldColumn.Values {
    switch self {
    case .integers(let values, let unit): return .integers(values.gathered(rows), unit)
    case .coded(let codes, let table): return .coded(codes.gathered(rows), table)
    case .doubles(let values): return .doubles(rows.map { values[max(0, Int($0))] })
    case .spanIDs(let values): return .spanIDs(rows.map { values[max(0, Int($0))] })
    case .bools(let values):
      return .bools(Kernels.bitmap(rows.count) { values[max(0, Int(rows[$0]))] ? 1 : 0 })
    }
  }
}

extension PackedInts {
  fileprivate func gathered(_ rows: [Int32]) -> PackedInts {
    let values = decoded()
    return PackedInts(rows.map { $0 >= 0 ? values[Int($0)] : base })
  }
}
