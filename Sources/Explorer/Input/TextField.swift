import Screen

/// One line of text being typed: the text, the cursor, and what editing keys do to it.
///
/// Positions are characters (grapheme clusters), so a cursor never stands inside one.
package struct TextField: Equatable, Sendable {
  /// Grapheme clusters.
  package private(set) var characters: [Character]
  /// 0 ... characters.count; the character before which new ones go.
  package private(set) var cursor: Int

  /// The longest text taken, in characters: far above any query, low enough to stay quick.
  package static let limit = 10_000

  /// The cursor is at the end; what is longer than ``limit`` is cut off.
  package init(_ text: String = "") {
    characters = Array(text.prefix(Self.limit))
    cursor = characters.count
  }

  /// - Complexity: O(characters): a new string each time.
  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }
  /// The text before the cursor, for completion.
  package var head: String { String(characters[..<cursor]) }

  /// Types `text` at the cursor; line ends and control characters become blanks.
  package mutating func insert(_ text: String) {
    let room = max(0, Self.limit - characters.count)
    let typed = text.prefix(room).map { $0.isControl ? " " : $0 }
    let before = characters.count
    characters.insert(contentsOf: typed, at: cursor)
    cursor += characters.count - before
  }

  /// Puts a text at the cursor in which line ends count where they stand in quotes: there they are
  /// part of a value, elsewhere they become blanks as all control characters do.
  package mutating func paste(_ text: String) {
    var quotes = QuoteState()
    for character in characters[..<cursor] { quotes.read(character) }
    let room = max(0, Self.limit - characters.count)
    let pasted = text.prefix(room).map { character -> Character in
      defer { quotes.read(character) }
      if character.isNewline, quotes.isInside { return "\n" }
      return character.isControl || character.isNewline ? " " : character
    }
    characters.insert(contentsOf: pasted, at: cursor)
    cursor += pasted.count
  }

  /// Replaces `range` with `text` and puts the cursor behind it.
  package mutating func replace(_ range: Range<Int>, with text: String) {
    let whole = range.clamped(to: 0..<characters.count)
    characters.removeSubrange(whole)
    cursor = whole.lowerBound
    insert(text)
  }

  /// Empties the field.
  package mutating func clear() { self = TextField() }

  /// Puts the cursor before character `index`.
  package mutating func moveCursor(to index: Int) { cursor = min(max(0, index), characters.count) }

  /// Puts the cursor to the character that is drawn `cells` to the right of character `first`.
  mutating func moveCursor(to first: Int, cells: Int) {
    var index = min(max(0, first), characters.count)
    var used = 0
    while index < characters.count {
      used += GlyphWidth.of(characters[index])
      if used > cells { break }
      index += 1
    }
    cursor = index
  }

  /// Does what an editing key means. Words are what blanks separate, as in a shell.
  package mutating func edit(_ edit: TextEdit) {
    switch edit {
    case .insert(let text): insert(text)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .start: cursor = 0
    case .end: cursor = characters.count
    case .deleteBackward: remove(max(0, cursor - 1)..<cursor)
    case .deleteForward: remove(cursor..<min(characters.count, cursor + 1))
    case .deleteWordBackward: remove(wordStart..<cursor)
    case .deleteWordForward: remove(cursor..<wordEnd)
    case .paste(let text): paste(text)
    case .deleteToStart: remove(0..<cursor)
    case .deleteToEnd: remove(cursor..<characters.count)
    }
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  /// Where the word before the cursor begins, blanks skipped first, as shells do.
  private var wordStart: Int {
    var index = cursor
    while index > 0, characters[index - 1].isWhitespace { index -= 1 }
    while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    var index = cursor
    while index < characters.count, characters[index].isWhitespace { index += 1 }
    while index < characters.count, !characters[index].isWhitespace { index += 1 }
    return index
  }
}

/// Whether a position in a text lies between quotes, character by character.
private struct QuoteState {
  private var quote: Character?
  private var isEscaped = false

  var isInside: Bool { quote != nil }

  mutating func read(_ character: Character) {
    if isEscaped {
      isEscaped = false
    } else if let quote {
      if character == "\\" { isEscaped = true } else if character == quote { self.quote = nil }
    } else if "\"'`".contains(character) {
      quote = character
    }
  }
}

extension Character {
  /// True for what would break a line of cells: C0, C1 and delete.
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
  }
}
