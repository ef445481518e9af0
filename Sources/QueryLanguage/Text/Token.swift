/// A word of a query's text and where it stands.
struct Token: Equatable {
  var kind: Kind
  /// UTF-8 offsets, quotes included.
  var range: Range<Int>

  enum Kind: Equatable {
    /// A run of name characters: a keyword, a field, a number or a bare text.
    case word(String)
    /// A name in back-ticks, with what stands before it, such as `root.span.` or nothing.
    case name(prefix: String, String)
    /// In single or double quotes, escapes resolved.
    case text(String)
    case symbol(Symbol)
    /// An operator written with signs.
    case sign(FilterOperator)
    /// An array or a map, as compact JSON.
    case json(String)
    case end
  }

  enum Symbol: String, CaseIterable {
    case open = "("
    case close = ")"
    case comma = ","
    case star = "*"
    case percent = "%"
    case and = "&&"
    case or = "||"
    case not = "!"
  }

  /// The comparison it writes.
  var comparison: Comparison? {
    if case .sign(let op) = kind { op.comparison } else { nil }
  }

  /// The word in capitals, for comparing with keywords; nil for anything quoted.
  var keyword: String? {
    if case .word(let word) = kind { word.uppercased() } else { nil }
  }

  func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

  /// As an error names it.
  var description: String {
    switch kind {
    case .word(let word): "'\(word.shortened)'"
    case .name(let prefix, let name): "'\(prefix)`\(name.shortened)`'"
    case .text(let text): "the text '\(text.shortened)'"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .sign(let op): "'\(op.symbols.first ?? op.word)'"
    case .json(let text): "'\(text.shortened)'"
    case .end: "the end"
    }
  }
}

extension String {
  /// At most 40 characters, so that an error stays a line.
  var shortened: String { prefix(41).count > 40 ? prefix(39) + "…" : self }
}
