import QueryLanguage
import SpanStore
import Telemetry

/// Finds the column of a span's own field in a segment.
enum FieldSource {
  /// Built-in, then attribute of the span, its resource, its scope, row by row; nil when no row
  /// has the field.
  static func column(_ field: FieldRef, _ segment: Segment) -> FieldColumn? {
    if let builtin = field.builtin { return column(builtin, segment) }
    let column: Column? =
      switch field.scope {
      case .automatic:
        field.isException
          ? segment.columnWithException(field.name) : segment.column(field.name)
      case .span: segment.column(.span, field.name)
      case .resource: segment.column(.resource, field.name)
      case .scope: segment.column(.scope, field.name)
      }
    return column.map { FieldColumn($0) }
  }

  /// An attribute's values with no row to say which; nil when no row has it. Of built-ins and of
  /// attributes of no certain place it knows nothing, and gives nil too.
  static func values(_ field: FieldRef, _ segment: Segment) -> FieldColumn.Values? {
    let values: Column.Values? =
      switch field.scope {
      case .automatic: nil
      case .span: segment.values(.span, field.name)
      case .resource: segment.values(.resource, field.name)
      case .scope: segment.values(.scope, field.name)
      }
    return values.map { FieldColumn.Values($0) }
  }

  private static func column(_ builtin: BuiltinField, _ segment: Segment) -> FieldColumn? {
    switch builtin {
    case .name: FieldColumn(segment.name)
    case .serviceName: FieldColumn(segment.serviceColumn)
    case .durationMS: FieldColumn(.integers(segment.duration, .milliseconds))
    case .selfMS: FieldColumn(.integers(segment.selfTime, .milliseconds))
    case .startTime: FieldColumn(.integers(segment.start, .time))
    case .endTime: FieldColumn(.integers(ends(segment), .time))
    case .traceID: FieldColumn(.coded(traceCodes(segment), .traces(segment.traces)))
    case .spanID: FieldColumn(.spanIDs(segment.spanIDs))
    case .parentID: parents(segment)
    case .spanKind: FieldColumn(.coded(segment.kind, .texts(kinds)))
    case .statusCode: FieldColumn(.coded(segment.status, .texts(statuses)))
    case .statusMessage: segment.statusMessageColumn.flatMap { filled(FieldColumn($0)) }
    case .traceState: segment.traceStateColumn.flatMap { filled(FieldColumn($0)) }
    case .libraryName: filled(FieldColumn(segment.scopeColumn(version: false)))
    case .libraryVersion: filled(FieldColumn(segment.scopeColumn(version: true)))
    case .error: FieldColumn(.bools(errors(segment)))
    case .isRoot: FieldColumn(.bools(segment.isRoot))
    case .numEvents: FieldColumn(.integers(segment.eventCount, .plain))
    case .numLinks: FieldColumn(.integers(segment.linkCount, .plain))
    case .traceFlags: FieldColumn(.integers(flags(segment), .plain))
    case .depth: FieldColumn(.integers(segment.depth, .plain))
    case .childCount: FieldColumn(.integers(segment.childCount, .plain))
    case .isLeaf: FieldColumn(.bools(Kernels.rows(of: segment.childCount, in: 0...0)))
    case .gapMS: FieldColumn(.integers(segment.selfTime, .milliseconds))
    case .descendantCount:
      FieldColumn(.integers(TraceRelations(segment).descendantCounts(), .plain))
    case .criticalMS:
      FieldColumn(.integers(PackedInts(CriticalPath.times(in: segment)), .milliseconds))
    case .traceDurationMS:
      FieldColumn(
        .integers(
          byTrace(segment) { Int64(clamping: $0.end($1) &- $0.start($1)) }, .milliseconds))
    case .traceSpans: FieldColumn(.integers(byTrace(segment) { Int64($0.spanCount($1)) }, .plain))
    case .traceErrors:
      FieldColumn(.integers(byTrace(segment) { Int64($0.errorCount($1)) }, .plain))
    case .invalidDuration: invalidDurations(segment)
    }
  }

  private static let kinds = TextDictionary(SpanKind.allCases.map(\.name))
  private static let statuses = TextDictionary(SpanStatus.allCases.map(\.name))

  private static func ends(_ segment: Segment) -> PackedInts {
    var ends = segment.start.decoded()
    let durations = segment.duration.decoded()
    for row in ends.indices { ends[row] &+= durations[row] }
    return PackedInts(ends)
  }

  private static func traceCodes(_ segment: Segment) -> PackedInts {
    PackedInts(runs: segment.traces.count, count: segment.rowCount) { segment.traces.rows($0) }
  }

  /// What a trace has, for each of its rows.
  private static func byTrace(
    _ segment: Segment, _ value: (TraceTable, Int) -> Int64
  ) -> PackedInts {
    var values = [Int64](repeating: 0, count: segment.rowCount)
    for trace in 0..<segment.traces.count {
      let own = value(segment.traces, trace)
      for row in segment.traces.rows(trace) { values[row] = own }
    }
    return PackedInts(values)
  }

  private static func parents(_ segment: Segment) -> FieldColumn? {
    var present = segment.isRoot
    present.formNot()
    guard !present.isEmpty else { return nil }
    let ids = (0..<segment.rowCount).map { present[$0] ? segment.parentID($0) : 0 }
    return FieldColumn(present: present, .spanIDs(ids))
  }

  private static func errors(_ segment: Segment) -> Bitmap {
    let error = Int64(SpanStatus.error.rawValue)
    return Kernels.rows(of: segment.status, in: error...error)
  }

  private static func flags(_ segment: Segment) -> PackedInts {
    // Above the W3C flags OTLP keeps what it knows of the parent.
    segment.flags.max > 0xFF
      ? PackedInts(segment.flags.decoded().map { $0 & 0xFF }) : segment.flags
  }

  private static func invalidDurations(_ segment: Segment) -> FieldColumn? {
    let mark = Int64(SpanMarks.invalidDuration.rawValue)
    guard segment.marks.max > 0 else { return nil }
    let marks = segment.marks.decoded()
    let present = Kernels.bitmap(marks.count) { marks[$0] & mark != 0 ? 1 : 0 }
    guard !present.isEmpty else { return nil }
    return FieldColumn(present: present, .bools(Bitmap(repeating: true, count: marks.count)))
  }

  /// The column without its empty texts: OTLP cannot tell them from missing ones.
  private static func filled(_ column: FieldColumn) -> FieldColumn? {
    guard case .coded(let codes, .texts(let texts)) = column.values,
      (0..<texts.count).contains(where: { texts.range($0).isEmpty })
    else { return column }
    var passes = (0..<texts.count).map { texts.range($0).isEmpty ? UInt8(0) : 1 }
    while passes.count <= codes.max { passes.append(0) }
    var present = Kernels.rows(of: codes, where: passes)
    if let known = column.present { present.formAnd(known) }
    return present.isEmpty ? nil : FieldColumn(present: present, column.values)
  }
}
