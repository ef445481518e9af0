import Telemetry

extension FieldRef {
  /// Reads a name as written without back-ticks.
  ///
  /// `root.` and `parent.` come first, then a built-in, then the scopes. So `span.kind` is the
  /// built-in, while ``span.`kind` `` and `span.span.kind` are span attributes named `kind` and
  /// `span.kind`; an attribute that really begins with `root.` is written in back-ticks.
  init(word: String) {
    var name = Substring(word)
    let relation = Relation.allCases.first { $0 != .own && name.isPrefixed(by: $0.rawValue) }
    if let relation { name = name.dropFirst(relation.rawValue.count + 1) }
    var scope: FieldScope?
    if BuiltinField(rawValue: String(name)) == nil {
      scope = FieldScope.allCases.first { $0 != .automatic && name.isPrefixed(by: $0.rawValue) }
    }
    if let scope { name = name.dropFirst(scope.rawValue.count + 1) }
    self.init(String(name), scope: scope ?? .automatic, of: relation ?? .own)
  }

  /// Reads a name in back-ticks with what stands before it: `root.`, `span.`, `root.span.`.
  init(prefix: String, name: String) {
    let words = prefix.split(separator: ".").map(String.init)
    let relation = words.compactMap { Relation(rawValue: $0) }.first
    let scope = words.compactMap { FieldScope(rawValue: $0) }.first
    self.init(name, scope: scope ?? .automatic, of: relation ?? .own)
  }

  /// Whether a back-ticked name can follow.
  static func isPrefix(_ word: String) -> Bool { prefixes.contains(word) }

  /// `root.`, `parent.`, `span.` …, `parent.scope.`.
  static let prefixes: [String] = Relation.allCases.flatMap { relation in
    FieldScope.allCases.map { scope in
      [relation.rawValue, scope.rawValue].filter { !$0.isEmpty }.map { $0 + "." }.joined()
    }
  }.filter { !$0.isEmpty }

  /// As a query writes it, in back-ticks where it would be read as something else.
  package var text: String {
    if let computed { return computed.text }
    let prefix = [relation.rawValue, scope.rawValue].filter { !$0.isEmpty }
      .map { $0 + "." }.joined()
    let bare = prefix + name
    // A minus at the beginning is a sign.
    let isPlain =
      !name.isEmpty && !bare.hasPrefix("-") && bare.utf8.allSatisfy(NameCharacters.contains)
    if isPlain, !Keyword.isReserved(bare), NumberText.literal(bare) == nil,
      FieldRef(word: bare) == self, RelationPrefix.of(bare) == nil,
      SpanItem.of(bare) == nil
    {
      return bare
    }
    return prefix + name.quoted(by: "`")
  }
}

extension Substring {
  /// Whether it is `word`, a dot and something more.
  fileprivate func isPrefixed(by word: String) -> Bool {
    hasPrefix(word + ".") && utf8.count > word.utf8.count + 1
  }
}
