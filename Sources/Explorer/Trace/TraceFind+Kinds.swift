import QueryLanguage
import Telemetry

/// What the matches of a search are: a call is often found twice, in the span that asks and in
/// the one that serves, and the two counts tell more than their sum.
package struct MatchKind: Hashable, Sendable {
  var service: Int32
  var name: Int32
  var kind: SpanKind
  /// Matches of this kind.
  package var count: Int
}

extension TraceFind {
  /// Matches beyond which nobody asks what each of them is.
  private static let mostCounted = 20_000

  /// Counts the matches by service, name and kind, the most frequent first, each in the order of
  /// the waterfall; nothing when they are all of one.
  mutating func count(_ view: TraceView) {
    kinds = []
    guard matches.count > 1, matches.count <= Self.mostCounted else { return }
    var indices: [MatchKind: Int] = [:]
    for match in matches {
      let node = view.nodes[Int(match)]
      let key = MatchKind(service: node.service, name: node.name, kind: node.kind, count: 0)
      let index = indices[key] ?? kinds.count
      if index == kinds.count {
        indices[key] = index
        kinds.append(key)
      }
      kinds[index].count += 1
    }
    kinds =
      kinds.count > 1
      ? kinds.enumerated().sorted { a, b in
        (b.element.count, a.offset) < (a.element.count, b.offset)
      }.map(\.element) : []
  }
}

extension WaterfallTab {
  /// `5 GET /fib server`, with the service where there are several.
  package func label(_ kind: MatchKind) -> String {
    guard let view else { return "" }
    let services = Set(find.kinds.map(\.service))
    let service = services.count > 1 ? "\(view.texts[Int(kind.service)]) " : ""
    let isPlain = kind.kind == .internal || kind.kind == .unspecified
    let word = isPlain ? "" : " \(kind.kind.name)"
    return "\(Figures.grouped(kind.count)) \(service)\(view.texts[Int(kind.name)])\(word)"
  }

  /// Why a node is a match, when its name does not tell: the first attribute with what is looked
  /// for, in at most `room` characters: with its key, or from the match on.
  ///
  /// - Complexity: O(attributes of the span); for visible rows only.
  package func matchReason(_ node: Int, room: Int) -> String? {
    guard let view, !find.text.isEmpty, find.isMatch(node) else { return nil }
    let text = find.text.lowercased()
    let name = view.texts[Int(view.nodes[node].name)]
    guard !name.lowercased().contains(text) else { return nil }
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let entries = view.batch.entries(view.batch.spans[node].attributes)
      .map { (key: $0.key, value: ValueMenu.exact(ResultValue($0.value) ?? .missing)) }
    let pair = entries.first { key, value in
      sides.count == 2 && key.lowercased() == sides[0] && value.lowercased().contains(sides[1])
    }
    let found =
      pair
      ?? entries.first { key, value in
        value.lowercased().contains(text) || key.lowercased().contains(text)
      }
    guard let found else { return nil }
    let whole = "\(found.key)=\(found.value)"
    let wanted = pair == nil ? text : String(sides[1])
    guard whole.count > room, let hit = Self.index(of: wanted, in: found.value) else {
      return whole
    }
    return found.value.count <= room ? found.value : String(found.value.dropFirst(hit))
  }

  private static func index(of text: String, in value: String) -> Int? {
    let (text, value) = (Array(text), Array(value.lowercased()))
    guard !text.isEmpty, text.count <= value.count else { return nil }
    return (0...value.count - text.count).first { value[$0..<$0 + text.count].elementsEqual(text) }
  }
}
