import QueryLanguage
import SpanStore
import Telemetry

/// The events or links of a segment as rows.
struct ItemRows {
  let item: SpanItem
  /// The span that each belongs to.
  let owners: [Int32]

  init(_ item: SpanItem, _ segment: Segment) {
    self.item = item
    owners = item == .event ? segment.eventOwners : segment.linkOwners
  }

  /// The spans that have one of `found`.
  func spans(with found: Bitmap, of segment: Segment) -> Bitmap {
    var rows = Bitmap(repeating: false, count: segment.rowCount)
    found.forEachSet { rows.insert(Int(owners[$0])) }
    return rows
  }

  /// Those whose span is one of `rows`.
  func items(of rows: Bitmap) -> Bitmap {
    var found = Bitmap(repeating: false, count: owners.count)
    for (index, row) in owners.enumerated() where rows[Int(row)] { found.insert(index) }
    return found
  }

  /// A field over them: their own, else that of their spans; nil when none has it.
  func column(_ field: FieldRef, _ spans: inout SegmentReader) throws -> FieldColumn? {
    guard field.relation == .own, field.scope == .automatic, field.computed == nil else {
      return try spans.column(field)?.gathered(owners)
    }
    if let own = builtin(field.name, spans.segment) { return own }
    guard field.builtin == nil else { return try spans.column(field)?.gathered(owners) }
    let column =
      item == .event
      ? spans.segment.eventColumn(field.name, owners)
      : spans.segment.linkColumn(field.name, owners)
    return column.map { FieldColumn($0) }
  }

  private func builtin(_ name: String, _ segment: Segment) -> FieldColumn? {
    let batch = segment.sideBatch
    switch (item, name) {
    case (.event, "name"): return FieldColumn(segment.eventNames)
    case (.event, "time"):
      return FieldColumn(
        .integers(PackedInts(batch.events.map { Int64(bitPattern: $0.time) }), .time))
    case (.event, "time_since_start_ms"):
      let starts = segment.start.decoded()
      let times = batch.events.enumerated().map { index, event in
        Int64(bitPattern: event.time) &- starts[Int(owners[index])]
      }
      return FieldColumn(.integers(PackedInts(times), .milliseconds))
    case (.link, "trace.span_id"): return FieldColumn(.spanIDs(batch.links.map(\.spanID)))
    case (.link, "trace.trace_id"): return texts(batch.links.map { $0.traceID.hex })
    case (.link, "trace_state"): return texts(batch.links.map { batch.text($0.traceState) })
    default: return nil
    }
  }

  private func texts(_ texts: [String]) -> FieldColumn {
    let distinct = Array(Set(texts))
    let codes = Dictionary(
      uniqueKeysWithValues: distinct.enumerated().map { ($1, Int64($0)) })
    return FieldColumn(
      .coded(PackedInts(texts.map { codes[$0] ?? 0 }), .texts(TextDictionary(distinct))))
  }
}

extension LinkRecord {
  fileprivate var traceID: TraceID { TraceID(high: traceHigh, low: traceLow) }
}
