package import QueryLanguage
import Telemetry

/// Finds spans of one trace by a phrase or `key=value` in any of their fields.
///
/// What spans share (resources, scopes, keys, names) is looked at once, and each span's own texts
/// where they lie in the arena.
package struct TraceSearch {
  private let view: TraceView
  private let phrase: [UInt8]
  private let key: [UInt8]?
  private let value: [UInt8]

  /// Case is ignored for ASCII. `k=v` means: a key that is `k` with a value that contains `v`; it
  /// is also tried as a phrase, for URLs hold equals signs.
  package init(_ text: String, in view: TraceView) {
    self.view = view
    phrase = text.utf8.map(Self.lower)
    if let sign = phrase.firstIndex(of: UInt8(ascii: "=")), sign > 0 {
      key = Array(phrase[..<sign])
      value = Array(phrase[(sign + 1)...])
    } else {
      key = nil
      value = []
    }
  }

  /// Nodes with a match, ascending.
  package func matches() -> [Int32] {
    guard !phrase.isEmpty else { return [] }
    let batch = view.batch
    let texts = view.texts.map { contains(Array($0.utf8), phrase) }
    let keys = (0..<batch.keys.ranges.count).map { keyMatch(batch.arena[batch.keys[$0].indices]) }
    let resources = batch.resources.map { matches($0.attributes, keys) }
    let scopes = batch.scopes.map {
      contains(batch.arena[$0.name.indices], phrase) || matches($0.attributes, keys)
    }
    var found: [Int32] = []
    for (index, node) in view.nodes.enumerated() {
      let span = batch.spans[index]
      if texts[Int(node.name)] || texts[Int(node.service)]
        || resources[Int(span.resource)] || scopes[Int(span.scope)]
        || matchesOwn(span, node, keys)
      {
        found.append(Int32(index))
      }
    }
    return found
  }

  private func matchesOwn(_ span: SpanRecord, _ node: TraceNode, _ keys: [KeyMatch]) -> Bool {
    let batch = view.batch
    if matches(span.attributes, keys) { return true }
    if !span.statusMessage.isEmpty, contains(batch.arena[span.statusMessage.indices], phrase) {
      return true
    }
    if phrase == Array("error".utf8), node.isError { return true }
    for event in batch.events[span.events.indices] {
      if contains(batch.arena[event.name.indices], phrase) || matches(event.attributes, keys) {
        return true
      }
    }
    for link in batch.links[span.links.indices] {
      let id = TraceID(high: link.traceHigh, low: link.traceLow).description
      if contains(Array(id.utf8), phrase) || matches(link.attributes, keys) { return true }
    }
    return phrase.count >= 6 && contains(Array(node.spanID.description.utf8), phrase)
  }

  private struct KeyMatch {
    var isPhrase: Bool
    var isKey: Bool
  }

  private func keyMatch(_ bytes: ArraySlice<UInt8>) -> KeyMatch {
    KeyMatch(
      isPhrase: contains(bytes, phrase),
      isKey: key.map { $0.count == bytes.count && contains(bytes, $0) } ?? false)
  }

  private func matches(_ range: RecordRange, _ keys: [KeyMatch]) -> Bool {
    let batch = view.batch
    for record in batch.attributes[range.indices] {
      let match = keys[record.key]
      if match.isPhrase { return true }
      if isValue(record, phrase) { return true }
      if match.isKey, isValue(record, value) { return true }
    }
    return false
  }

  private func isValue(_ record: AttributeRecord, _ needle: [UInt8]) -> Bool {
    switch record.type {
    case .text, .array, .map: contains(view.batch.arena[record.bytes.indices], needle)
    case .integer: contains(Array(String(record.integer).utf8), needle)
    case .double: contains(Array(String(record.double).utf8), needle)
    case .bool: contains(Array((record.bool ? "true" : "false").utf8), needle)
    case .bytes, .empty: false
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private func contains(_ bytes: some Collection<UInt8>, _ needle: [UInt8]) -> Bool {
    guard let first = needle.first else { return true }
    let found = bytes.withContiguousStorageIfAvailable { text -> Bool in
      guard text.count >= needle.count else { return false }
      return needle.withUnsafeBufferPointer { needle in
        for start in 0...(text.count - needle.count) where Self.lower(text[start]) == first {
          var place = 1
          while place < needle.count, Self.lower(text[start + place]) == needle[place] {
            place += 1
          }
          if place == needle.count { return true }
        }
        return false
      }
    }
    return found ?? false
  }
}
