import QueryLanguage
import SpanStore
import Telemetry

/// Queries whose rows are the spans themselves.
struct RawRows: Sendable {
  private let query: Query
  private let scope: TimeScope
  private let fields: [FieldRef]
  private let order: [(field: FieldRef, direction: Ordering.Direction)]
  private let limit: Int

  /// Columns that are always there.
  private static let usual: [BuiltinField] = [
    .startTime, .serviceName, .name, .durationMS, .statusCode, .traceID,
  ]

  static func run(
    _ query: Query, _ options: RunOptions, _ snapshot: Snapshot
  ) async throws -> QueryResult {
    let raw = RawRows(query, options, snapshot)
    let parts = try await Parallel.map(snapshot.views.count) { try raw.part(snapshot.views[$0]) }
    return try raw.result(parts)
  }

  private init(_ query: Query, _ options: RunOptions, _ snapshot: Snapshot) {
    self.query = query
    scope = TimeScope(query, options, snapshot)
    limit = max(0, query.limit ?? Query.defaultLimit)
    var order: [(field: FieldRef, direction: Ordering.Direction)] = query.orderBy.compactMap {
      if case .field(let field) = $0.key { return (field, $0.direction) }
      return nil
    }
    if order.isEmpty { order = [(.startTime, .descending)] }
    self.order = order
    var fields = Self.usual.map { FieldRef($0.rawValue) }
    let wanted =
      options.rawFields.isEmpty
      ? (query.filter?.fields ?? []) + order.map(\.field) : options.rawFields
    for field in wanted where !fields.contains(field) { fields.append(field) }
    self.fields = fields
  }

  /// A span that may be among the first.
  private struct Candidate: Sendable {
    let keys: [ResultValue]
    let span: SpanKey
    let values: [ResultValue]
  }

  private struct Part: Sendable {
    var examined = 0
    var matched = 0
    var candidates: [Candidate] = []
    /// Of each column; nil when the segment does not know.
    var types: [FieldType?] = []
  }

  // MARK: One segment

  private func part(_ view: SegmentView) throws -> Part {
    var part = Part(examined: view.liveCount)
    let segment = view.segment
    var starts: Range<UInt64>?
    if !scope.takesAll {
      guard segment.minStart < scope.range.upperBound, segment.maxStart >= scope.range.lowerBound
      else { return part }
      starts = scope.range
    }
    var reader = SegmentReader(view)
    let rows = try RowSelection.rows(&reader, query.filter, starts: starts)
    part.matched = rows.count
    guard rows.count > 0, limit > 0 else { return part }
    let keys = try order.map { term in
      SortKeys(try reader.column(term.field), rows, isDescending: term.direction == .descending)
    }
    let columns = try fields.map { try reader.column($0) }
    let keyColumns = try order.map { try reader.column($0.field) }
    part.types = columns.map { $0?.type }
    part.candidates = try SortKeys.first(limit, rows.count, keys) { index in
      Self.id(rows[index], segment)
    }.map { index in
      let row = rows[index]
      let id = Self.id(row, segment)
      return Candidate(
        keys: keyColumns.map { $0?.result(row) ?? .missing },
        span: SpanKey(trace: id.0, span: SpanID(id.1)),
        values: columns.map { $0?.result(row) ?? .missing })
    }
    return part
  }

  private static func id(_ row: Int, _ segment: Segment) -> (TraceID, UInt64) {
    (segment.traces.id(segment.traces.trace(ofRow: row)), segment.spanIDs[row])
  }

  // MARK: All segments

  private func result(_ parts: [Part]) throws -> QueryResult {
    var result = QueryResult(query: query)
    result.start = UnixNanos(scope.range.lowerBound)
    result.end = UnixNanos(scope.range.upperBound)
    result.spansExamined = parts.reduce(0) { $0 + $1.examined }
    result.spansMatched = parts.reduce(0) { $0 + $1.matched }
    result.groups = result.spansMatched
    var compared = 0
    let sorted = try parts.flatMap(\.candidates).sorted {
      compared += 1
      try Cancellation.check(at: compared)
      return comesBefore($0, $1)
    }.prefix(limit)
    result.rows = sorted.map(\.values)
    result.spans = sorted.map(\.span)
    result.columns = fields.enumerated().map { index, field in
      let types = Set(parts.compactMap { $0.types.isEmpty ? nil : $0.types[index] })
      let found = types.count > 1 ? FieldType.mixed : types.first
      return ResultColumn(
        name: QueryText.print(field), type: field.builtin?.type ?? found ?? .text,
        source: .field(field))
    }
    return result
  }

  private func comesBefore(_ a: Candidate, _ b: Candidate) -> Bool {
    for index in order.indices {
      let order = ResultOrder.order(a.keys[index], b.keys[index], order[index].direction)
      if order != 0 { return order < 0 }
    }
    if a.span.trace != b.span.trace { return a.span.trace < b.span.trace }
    return a.span.span.value < b.span.span.value
  }
}
