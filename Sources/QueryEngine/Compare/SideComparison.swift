import QueryLanguage
import SpanStore
import Telemetry

/// Works out how two sets of spans, or of traces, differ.
struct SideComparison {
  let request: CompareRequest
  /// Of the segments that have any.
  let units: [SideUnits]
  let counts: Sides
  private(set) var fields: [MergedField] = []

  /// - Parameters:
  ///   - selection, baseline: the time each takes; the filters are those of the request.
  ///   - names: built-ins and attributes held.
  /// - Throws: ``QueryError`` for a regular expression that cannot be read; `CancellationError`.
  init(
    _ request: CompareRequest, _ views: [SegmentView], selection: SideFilter, baseline: SideFilter,
    names: [FieldRef]
  ) async throws {
    self.request = request
    units = try await Parallel.map(views.count) { (index) -> [SideUnits] in
      let view = views[index]
      var reader = SegmentReader(view)
      guard view.segment.rowCount > 0, let selected = try selection.rows(&reader),
        let others = try baseline.rows(&reader)
      else { return [] }
      let units = SideUnits(
        view, number: index, unit: request.unit, selected: selected, baseline: others)
      return units.isEmpty ? [] : [units]
    }.flatMap(\.self)
    counts = units.reduce(Sides()) { $0 + $1.counts }
    if request.fields.isEmpty {
      try await read(ComparedFields.own(names))
      if request.unit == .spans { try await read(ComparedFields.related(fields)) }
    } else {
      try await read(request.fields)
    }
  }

  /// Adds fields of which some unit has a value.
  private mutating func read(_ wanted: [FieldRef]) async throws {
    let isRelated = request.unit == .spans
    let parts = try await Parallel.map(units.count) { [units] index in
      let own = units[index]
      var reader = SegmentReader(own.view)
      var weights: [FieldRef.Relation: RowWeights] = [:]
      var parts: [FieldPart?] = []
      for field in wanted {
        try Cancellation.check()
        if isRelated, field.relation != .own, weights[field.relation] == nil {
          weights[field.relation] = RowWeights(own, field.relation, .counts)
        }
        parts.append(
          try FieldPart(field, own, &reader, isRelated ? weights[field.relation] : nil))
      }
      return parts
    }
    fields += try await Self.each(wanted.count) { field in
      try await MergedField(wanted[field], parts.map { $0[field] })
    }.compactMap(\.self)
  }

  /// The results of `count` pieces of work in order, a few at a time.
  static func each<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      for index in 0..<count {
        group.addTask {
          try Task.checkCancellation()
          return (index, try await body(index))
        }
      }
      var values = [Value?](repeating: nil, count: count)
      for try await (index, value) in group { values[index] = value }
      return values.compactMap(\.self)
    }
  }
}

/// Which rows of a segment a side may take.
struct SideFilter: Sendable {
  let filter: Filter?
  let scope: TimeScope

  /// Live rows that pass; nil for none.
  func rows(_ reader: inout SegmentReader) throws -> Bitmap? {
    let segment = reader.segment
    var starts: Range<UInt64>?
    if !scope.takesAll {
      let range = scope.range
      let isInside = range.lowerBound <= segment.minStart && segment.maxStart < range.upperBound
      if !isInside { starts = range }
    }
    return try RowSelection.bitmap(&reader, filter, starts: starts)
      ?? Bitmap(repeating: true, count: segment.rowCount)
  }
}
