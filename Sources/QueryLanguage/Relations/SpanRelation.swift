/// How another span of the same trace stands to a span.
package enum SpanRelation: String, CaseIterable, Hashable, Sendable {
  case root
  case parent
  case child
  case ancestor = "anc"
  case descendant = "desc"
  case sibling = "sib"
  case any
  case none

  /// Which spans it is, in a few words.
  package var help: String {
    switch self {
    case .root: "the trace's root span"
    case .parent: "the direct parent"
    case .child: "a direct child"
    case .ancestor: "a span above it"
    case .descendant: "a span below it"
    case .sibling: "another child of the same parent"
    case .any: "any span of the trace"
    case .none: "no span of the trace"
    }
  }

  /// Other words that write it.
  private static let spellings: [String: SpanRelation] = [
    "ancestor": .ancestor, "descendant": .descendant, "sibling": .sibling, "children": .child,
  ]

  /// Reads `desc`, `DESC`, `descendant`; nil when it is none.
  init?(word: String) {
    let word = word.lowercased()
    guard let relation = SpanRelation(rawValue: word) ?? Self.spellings[word] else { return nil }
    self = relation
  }
}

/// What Honeycomb writes before the name of a field to mean that of another span: `any.error`.
///
/// Terms with one prefix, joined by AND, are about one span; `any2.` and `any3.` are about others.
struct RelationPrefix: Hashable {
  let text: String
  let relation: SpanRelation

  static let all = [
    RelationPrefix(text: "any.", relation: .any), RelationPrefix(text: "any2.", relation: .any),
    RelationPrefix(text: "any3.", relation: .any), RelationPrefix(text: "none.", relation: .none),
    RelationPrefix(text: "child.", relation: .child),
  ]

  /// What a word begins with, when more follows.
  static func of(_ word: String) -> RelationPrefix? {
    all.first { word.hasPrefix($0.text) && word.utf8.count > $0.text.utf8.count }
  }
}
