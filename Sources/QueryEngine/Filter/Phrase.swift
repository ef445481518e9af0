import QueryLanguage
import SpanStore
import Telemetry

/// A bare text, looked for anywhere in a span, ignoring case.
///
/// Anywhere is: name, status message, trace state, library, every attribute of the span, its
/// resource and scope, names and attributes of its events, attributes of its links. Ids are
/// searched when the phrase is eight hex digits or more, since shorter ones occur in them by chance.
struct Phrase {
  private let test: ValueTest
  private let matcher: TextMatcher
  private let isNumeric: Bool
  private let isHex: Bool

  init(_ text: String) {
    matcher = TextMatcher(phrase: text)
    test = ValueTest(matcher)
    isNumeric = text.utf8.allSatisfy { "0123456789+-.einfa".utf8.contains($0 | 0x20) || $0 < 0x40 }
    isHex = text.utf8.count >= 8 && text.allSatisfy(\.isHexDigit)
  }

  func rows(_ segment: Segment) throws -> Bitmap {
    var rows = Bitmap(repeating: false, count: segment.rowCount)
    var reader = SegmentReader(SegmentView(segment: segment))
    for field in fields(segment) {
      // Most attributes have no such value anywhere, and need not be laid out row by row.
      if let values = values(field, segment), !(try mayBe(in: values)) { continue }
      guard let column = try reader.column(field) else { continue }
      rows.formOr(try ColumnTest.rows(test, column))
    }
    try addEvents(segment, &rows)
    addOverflow(segment, &rows)
    return rows
  }

  /// The events or links that have it.
  func items(_ item: SpanItem, _ segment: Segment) throws -> Bitmap {
    let side = segment.sideBatch
    return switch item {
    case .event:
      try Kernels.bitmap(side.events.count, testing: { isIn(side.events[$0], side) })
    case .link: try Kernels.bitmap(side.links.count, testing: { isIn(side.links[$0], side) })
    }
  }

  private func fields(_ segment: Segment) -> [FieldRef] {
    var builtins: [BuiltinField] = [
      .name, .statusMessage, .traceState, .libraryName, .libraryVersion,
    ]
    if isHex { builtins += [.traceID, .spanID, .parentID] }
    return builtins.map { FieldRef($0.rawValue) }
      + segment.attributeNames(.span).map { FieldRef($0, scope: .span) }
      + segment.attributeNames(.resource).map { FieldRef($0, scope: .resource) }
      + segment.attributeNames(.scope).map { FieldRef($0, scope: .scope) }
  }

  private func mayBe(in values: FieldColumn.Values) throws -> Bool {
    switch values {
    case .integers, .doubles: isNumeric
    case .bools, .coded, .spanIDs: try ColumnTest.mayHold(test, values)
    }
  }

  private func values(_ field: FieldRef, _ segment: Segment) -> FieldColumn.Values? {
    switch field.builtin {
    case .statusMessage: segment.statusMessageValues.map { FieldColumn.Values($0) }
    case .traceState: segment.traceStateValues.map { FieldColumn.Values($0) }
    default: FieldSource.values(field, segment)
    }
  }

  private func addEvents(_ segment: Segment, _ rows: inout Bitmap) throws {
    let side = segment.sideBatch
    for (index, row) in segment.rowsWithEvents.enumerated() where !rows[row] {
      try Cancellation.check(at: index)
      if segment.events(row).contains(where: { isIn(side.events[$0], side) }) { rows.insert(row) }
    }
    for (index, row) in segment.rowsWithLinks.enumerated() where !rows[row] {
      try Cancellation.check(at: index)
      if segment.links(row).contains(where: { isIn(side.links[$0], side) }) { rows.insert(row) }
    }
  }

  /// Attributes that are in no column.
  private func addOverflow(_ segment: Segment, _ rows: inout Bitmap) {
    let (overflowRows, records) = segment.overflow
    let side = segment.sideBatch
    for (row, record) in zip(overflowRows, records) where !rows[Int(row)] {
      if isIn(record, side) { rows.insert(Int(row)) }
    }
  }

  private func isIn(_ event: EventRecord, _ side: SpanBatch) -> Bool {
    matches(event.name, side) || isIn(event.attributes, side)
  }

  private func isIn(_ link: LinkRecord, _ side: SpanBatch) -> Bool {
    let ids = TraceID(high: link.traceHigh, low: link.traceLow)
    if isHex, test.holds(.traceID(ids)) || test.holds(.spanID(link.spanID)) { return true }
    return matches(link.traceState, side) || isIn(link.attributes, side)
  }

  private func isIn(_ range: RecordRange, _ side: SpanBatch) -> Bool {
    side.attributes[range.indices].contains { isIn($0, side) }
  }

  private func isIn(_ record: AttributeRecord, _ side: SpanBatch) -> Bool {
    switch record.type {
    case .empty: false
    case .text, .array, .map: matches(record.bytes, side)
    case .bytes:
      side.arena[record.bytes.indices].withUnsafeBufferPointer { test.holds(.bytes($0)) }
    case .bool: test.holds(.bool(record.bool))
    case .integer: isNumeric && test.holds(.integer(record.integer))
    case .double: isNumeric && test.holds(.double(record.double))
    }
  }

  private func matches(_ range: ByteRange, _ side: SpanBatch) -> Bool {
    side.arena[range.indices].withUnsafeBufferPointer { matcher.matches($0) }
  }
}
