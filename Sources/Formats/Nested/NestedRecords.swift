import Telemetry

/// Looks for records inside a JSON object that is none itself: answers of APIs (`{"result":…}`,
/// `{"data":…}`, `{"hits":{"hits":[{"_source":…}]}}`), lists and maps of records, bodies of requests
/// packed into a text.
///
/// Every object inside is judged once, as one at the top is; inside a record nothing is looked for.
struct NestedRecords {
  private let bytes: Int
  private(set) var isFound = false

  /// Levels of objects and lists that are searched.
  static let depthLimit = 64

  /// - Parameter bytes: length of the document.
  init(bytes: Int) { self.bytes = bytes }

  /// Searches the members of an object, or the elements of a list.
  ///
  /// - Complexity: O(*n*) in the document.
  mutating func search(
    inside value: TapeValue, _ depth: Int = 0, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    guard depth < Self.depthLimit else { return }
    if value.isObject {
      var members = TapeFields(value)
      while members.next() { visit(members.value, depth, into: &batch, &report) }
    } else {
      var elements = TapeElements(value)
      while elements.next() { visit(elements.value, depth, into: &batch, &report) }
    }
  }

  private mutating func visit(
    _ value: TapeValue, _ depth: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    guard value.isObject else {
      if value.isArray { search(inside: value, depth + 1, into: &batch, &report) }
      return
    }
    if RecordReader.readRecord(value, bytes: bytes, into: &batch, &report) {
      isFound = true
      return
    }
    let before = report.counts.unreadShapes.count
    let wasFound = isFound
    isFound = false
    search(inside: value, depth + 1, into: &batch, &report)
    if !isFound, report.counts.unreadShapes.count == before {
      report.counts.unreadShapes.note(value)
    }
    isFound = isFound || wasFound
  }
}

extension UnreadShapes {
  /// Names that are told of one object.
  private static let nameLimit = 6

  /// Counts an object if it has both ids and is no log record.
  mutating func note(_ object: TapeValue) {
    let flat = FlatSpan(object)
    guard flat.hasIDs, !flat.isLog else { return }
    var names: [String] = []
    var members = TapeFields(object)
    while members.next(), names.count <= Self.nameLimit {
      names.append(String(decoding: members.key.prefix(40), as: UTF8.self))
    }
    if names.count > Self.nameLimit { names[Self.nameLimit] = "…" }
    add("{" + names.joined(separator: ", ") + "}")
  }
}
