package import QueryLanguage
import Telemetry

/// A phrase, or `k=v`, in any field of any span of a trace.
///
/// What spans share (texts, keys, resources, scopes) is looked at once. The arena is scanned once
/// for all of them; a value is then a match when a position found lies inside it.
package struct TraceSearch {
  private let view: TraceView
  private let phrase: PhraseMatch
  private let key: [UInt8]?
  private let value: PhraseMatch?
  private let isError: Bool

  /// Case is ignored for ASCII. `k=v` means: a key that is `k` with a value that contains `v`; it
  /// is also tried as a phrase, for URLs hold equals signs.
  package init(_ text: String, in view: TraceView) {
    self.view = view
    let bytes = text.utf8.map(ArenaHits.lower)
    phrase = PhraseMatch(bytes, view.batch.arena)
    isError = bytes == Array("error".utf8)
    if let sign = bytes.firstIndex(of: UInt8(ascii: "=")), sign > 0 {
      key = Array(bytes[..<sign])
      value = PhraseMatch(Array(bytes[(sign + 1)...]), view.batch.arena)
    } else {
      (key, value) = (nil, nil)
    }
  }

  /// Nodes with a match, ascending.
  ///
  /// - Complexity: O(bytes + attributes) of the trace.
  package func matches() -> [Int32] {
    guard !phrase.needle.isEmpty else { return [] }
    let batch = view.batch
    let texts = view.texts.map { ArenaHits.contains(Array($0.utf8), phrase.needle) }
    let keys = batch.keys.ranges.map { keyMatch($0) }
    var found: [Int32] = []
    batch.attributes.withUnsafeBufferPointer { attributes in
      keys.withUnsafeBufferPointer { keys in
        let scan = Scan(attributes: attributes, keys: keys, phrase: phrase, value: value)
        let resources = batch.resources.map { scan.matches($0.attributes) }
        let scopes = batch.scopes.map { phrase.isIn($0.name) || scan.matches($0.attributes) }
        for (index, node) in view.nodes.enumerated() {
          let span = batch.spans[index]
          if texts[Int(node.name)] || texts[Int(node.service)]
            || resources[Int(span.resource)] || scopes[Int(span.scope)]
            || scan.matches(span.attributes) || matchesRest(span, node, scan)
          {
            found.append(Int32(index))
          }
        }
      }
    }
    return found
  }

  private func matchesRest(_ span: SpanRecord, _ node: TraceNode, _ scan: Scan) -> Bool {
    if phrase.isIn(span.statusMessage) || (isError && node.isError) { return true }
    if span.events.count > 0 {
      for event in view.batch.events[span.events.indices] {
        if phrase.isIn(event.name) || scan.matches(event.attributes) { return true }
      }
    }
    if span.links.count > 0 {
      for link in view.batch.links[span.links.indices] {
        let id = TraceID(high: link.traceHigh, low: link.traceLow).description
        if ArenaHits.contains(Array(id.utf8), phrase.needle) || scan.matches(link.attributes) {
          return true
        }
      }
    }
    // Part of an id is looked for from four digits on; fewer are in every other id by chance.
    guard phrase.isHex, phrase.needle.count >= 4 else { return false }
    return ArenaHits.contains(Array(node.spanID.description.utf8), phrase.needle)
  }

  private func keyMatch(_ range: ByteRange) -> KeyMatch {
    let isKey =
      key.map { key in
        key.count == Int(range.length)
          && ArenaHits.contains(Array(view.batch.arena[range.indices]), key)
      } ?? false
    return KeyMatch(isPhrase: phrase.isIn(range), isKey: isKey)
  }

  struct KeyMatch {
    var isPhrase: Bool
    var isKey: Bool
  }

  /// The loop over attributes.
  struct Scan {
    let attributes: UnsafeBufferPointer<AttributeRecord>
    let keys: UnsafeBufferPointer<KeyMatch>
    let phrase: PhraseMatch
    let value: PhraseMatch?

    func matches(_ range: RecordRange) -> Bool {
      for index in range.indices {
        let record = attributes[index]
        let match = keys[record.key]
        if match.isPhrase || phrase.isIn(record) { return true }
        if match.isKey, let value, value.isIn(record) { return true }
      }
      return false
    }
  }
}
