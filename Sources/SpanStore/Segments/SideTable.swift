import Telemetry

/// What hangs off a segment's rows and is too rare or too shared for columns.
struct SideTable: Sendable {
  /// Holds resources, scopes, events, links and attributes; has no spans.
  var batch = SpanBatch()
  /// Rows with events, ascending, and where each one's begin in `batch.events`.
  var eventRows: [UInt32] = []
  var eventStarts: [UInt32] = []
  var linkRows: [UInt32] = []
  var linkStarts: [UInt32] = []
  /// Attributes whose key a row has more than once: the second and later ones.
  var repeatedRows: [UInt32] = []
  var repeated: [AttributeRecord] = []
  /// Attributes whose key has no column, for the segment has too many keys; each key of a row once.
  var overflowRows: [UInt32] = []
  var overflow: [AttributeRecord] = []
  /// Indices of `overflow` by key, ascending for each; and where those of each key begin.
  private(set) var overflowOrder: [UInt32] = []
  private(set) var overflowStarts: [UInt32] = []
  private(set) var overflowKeyCount = 0
  /// Rows with dropped counts: attributes, events, links.
  var droppedRows: [UInt32] = []
  var dropped: [(attributes: UInt32, events: UInt32, links: UInt32)] = []
  /// Rows whose end or parent id does not follow from the columns.
  var oddRows: [UInt32] = []
  var odd: [(end: UInt64, parent: UInt64)] = []

  var byteCount: Int {
    batch.heapBytes + (eventRows.count + linkRows.count) * 8
      + repeated.count * 20 + overflow.count * 24
      + overflowStarts.count * 4
      + dropped.count * 16 + odd.count * 20
  }

  /// The first index whose row is not before `row`.
  static func lowerBound(_ row: Int, in rows: [UInt32]) -> Int {
    var (first, last) = (0, rows.count)
    while first < last {
      let middle = (first + last) / 2
      if rows[middle] < row { first = middle + 1 } else { last = middle }
    }
    return first
  }

  /// The position of a row in one of the ascending lists.
  static func index(_ row: Int, in rows: [UInt32]) -> Int? {
    let index = lowerBound(row, in: rows)
    return index < rows.count && rows[index] == row ? index : nil
  }

  func events(_ row: Int, count: Int) -> Range<Int> {
    guard count > 0, let index = Self.index(row, in: eventRows) else { return 0..<0 }
    return Int(eventStarts[index])..<Int(eventStarts[index]) + count
  }

  func links(_ row: Int, count: Int) -> Range<Int> {
    guard count > 0, let index = Self.index(row, in: linkRows) else { return 0..<0 }
    return Int(linkStarts[index])..<Int(linkStarts[index]) + count
  }

  /// Makes the attributes without a column findable by key.
  mutating func indexOverflow() {
    guard !overflow.isEmpty else { return }
    var starts = [UInt32](repeating: 0, count: batch.keys.count + 1)
    for record in overflow { starts[record.key + 1] += 1 }
    for key in 1..<starts.count { starts[key] += starts[key - 1] }
    overflowStarts = starts
    overflowKeyCount = zip(starts, starts.dropFirst()).count { $0 < $1 }
    overflowOrder = [UInt32](repeating: 0, count: overflow.count)
    for (index, record) in overflow.enumerated() {
      overflowOrder[Int(starts[record.key])] = UInt32(index)
      starts[record.key] += 1
    }
  }

  /// Indices of `overflow` with a key, ascending.
  func overflow(ofKey key: Int) -> ArraySlice<UInt32> {
    guard key + 1 < overflowStarts.count else { return [] }
    return overflowOrder[Int(overflowStarts[key])..<Int(overflowStarts[key + 1])]
  }

  /// The service of each resource, `unknown_service` where it names none.
  var serviceNames: [String] {
    batch.resources.map { resource in
      for record in batch.attributes[resource.attributes.indices]
      where batch.keyText(record.key) == FieldName.serviceName {
        if case .text(let text) = batch.value(record) { return text }
      }
      return FieldName.unknownService
    }
  }

  /// The number of an attribute key; nil when no resource, scope, event or link has it.
  func key(_ name: String) -> Int? {
    var name = name
    return name.withUTF8 { batch.keys.find($0, in: batch.arena) }.map(Int.init)
  }
}
