/// What can be typed at a cursor: pure, so that the screen and the shell share it.
package enum Completion {
  /// Items at most; past it a person types on rather than reads on.
  package static let itemLimit = 100

  /// Completes a whole query.
  ///
  /// - Parameter cursor: UTF-8 offset into `text`.
  /// - Complexity: O(text + fields · letters typed).
  package static func suggest(
    _ text: String, cursor: Int, catalog: FieldCatalog
  ) -> CompletionList {
    suggest(nil, text, cursor, known(in: text), catalog)
  }

  /// Completes the text of one clause of `query`.
  package static func suggest(
    in clause: QueryClause, _ text: String, cursor: Int, of query: Query, catalog: FieldCatalog
  ) -> CompletionList {
    suggest(clause, text, cursor, query, catalog)
  }

  private static func suggest(
    _ clause: QueryClause?, _ text: String, _ cursor: Int, _ query: Query, _ catalog: FieldCatalog
  ) -> CompletionList {
    let here = CompletionPoint(text, cursor: cursor)
    var context = CompletionContext(clause)
    for token in here.before { context.read(token) }
    guard here.isReadable else { return CompletionList(replace: here.replace, items: []) }

    var (replace, typed) = (here.replace, here.typed)
    if case .filterOperator(_, let start?) = context.expected {
      typed = here.joined(from: start)
      replace = start..<replace.upperBound
    }
    let candidates = CompletionCandidates(
      context: context, isWhole: clause == nil, query: query, catalog: catalog, typed: typed,
      quote: here.quote)
    return CompletionList(
      replace: replace, items: Array(candidates.items().prefix(itemLimit)))
  }

  /// The calculations and groups of a text that may not parse as a whole.
  private static func known(in text: String) -> Query {
    guard let tokens = try? Lexer.tokens(of: text) else { return Query() }
    var query = Query()
    let bytes = Array(text.utf8)
    let starts = tokens.indices.filter {
      tokens[$0].keyword.map(Keyword.clauseStarts.contains) ?? ($0 == tokens.count - 1)
    }
    for (start, next) in zip(starts, starts.dropFirst()) {
      let isGroup = tokens[start].keyword == "GROUP"
      let first = isGroup ? start + 1 : start
      guard first < next else { continue }
      let range = tokens[first].range.upperBound..<tokens[next].range.lowerBound
      let content = String(decoding: bytes[range], as: UTF8.self)
      switch tokens[start].keyword {
      case "VISUALIZE", "SELECT": try? query.set(.visualize, to: content)
      case "GROUP": try? query.set(.groupBy, to: content)
      default: break
      }
    }
    return query
  }
}

/// A cursor in a text: the tokens before it and what is typed at it.
struct CompletionPoint {
  /// Whole tokens before the one at the cursor.
  private(set) var before: [Token] = []
  /// What is typed of the word, text or name at the cursor, without quotes.
  private(set) var typed = ""
  private(set) var replace: Range<Int>
  /// What the quotes make that the cursor is inside of.
  private(set) var quote: Quote?
  /// False after something no token begins with.
  private(set) var isReadable = true
  private let bytes: [UInt8]

  enum Quote { case text, name }

  init(_ text: String, cursor: Int) {
    bytes = Array(text.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    replace = cursor..<cursor
    var lexer = Lexer(String(decoding: bytes[..<cursor], as: UTF8.self))
    var start = 0
    do {
      while true {
        start = lexer.position
        let token = try lexer.next()
        if token.kind == .end { break }
        before.append(token)
      }
    } catch {
      openQuote(from: start, to: cursor)
      return
    }
    if let last = before.last, last.range.upperBound == cursor, case .word(let word) = last.kind {
      before.removeLast()
      typed = word
      let end = bytes[cursor...].firstIndex { !NameCharacters.contains($0) } ?? bytes.count
      replace = last.range.lowerBound..<end
    }
  }

  /// What a lexer cannot read is either a quote still open or nothing of ours.
  private mutating func openQuote(from end: Int, to cursor: Int) {
    let quotes = Set("\"'`".utf8)
    let start = bytes[end..<cursor].firstIndex { $0 > 0x20 } ?? cursor
    guard let quote = bytes[start..<cursor].firstIndex(where: quotes.contains) else {
      isReadable = false
      return
    }
    typed = String(decoding: bytes[start..<quote] + bytes[(quote + 1)..<cursor], as: UTF8.self)
    let close = cursor < bytes.count && bytes[cursor] == bytes[quote] ? cursor + 1 : cursor
    replace = start..<close
    self.quote = bytes[quote] == UInt8(ascii: "`") ? .name : .text
  }

  /// The words from `start` to the cursor, joined as operators are.
  func joined(from start: Int) -> String {
    let words = before.filter { $0.range.lowerBound >= start }.compactMap(\.keyword)
    return (words + [typed]).joined(separator: "-").lowercased()
  }
}
