extension Glyphs {
  /// What is drawn for a character: itself, or a stand-in that takes one cell.
  package func printable(_ character: Character) -> Character {
    guard let first = character.unicodeScalars.first else { return " " }
    if first.value < 0x20 { return first.value == 9 ? " " : isUnicode ? "·" : "." }
    if (0x7F...0x9F).contains(first.value) { return isUnicode ? "·" : "." }
    if first.value < 0x7F { return character }
    guard isUnicode else { return Self.plain[character] ?? "?" }
    // Lone marks, and those that turn the direction of writing, would move other cells.
    if GlyphWidth.of(first) == 0 || isDirection(first) { return "·" }
    return character.unicodeScalars.count == 1 ? character : cluster(first, character)
  }

  /// A cluster as any terminal draws it: the first scalar and the marks on it. Selectors of a
  /// style, joiners and what they join are left out; a flag is a flag.
  private func cluster(_ first: Unicode.Scalar, _ character: Character) -> Character {
    if (0x1F1E6...0x1F1FF).contains(first.value) { return "⚑" }
    var text = String(first)
    for mark in character.unicodeScalars.dropFirst() {
      guard mark.value != 0x200D else { break }
      let isMark = mark.properties.generalCategory == .nonspacingMark
      guard isMark, !(0xFE00...0xFE0F).contains(mark.value) else { continue }
      text.unicodeScalars.append(mark)
    }
    return text.count == 1 ? Character(text) : Character(first)
  }

  private func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
      || (0x200B...0x200F).contains(scalar.value) || scalar.value == 0xFEFF
  }

  private static let plain: [Character: Character] = [
    "·": "|", "…": "~", "–": "-", "—": "-", "×": "x", "≠": "!", "≤": "<", "≥": ">", "→": ">",
    "▸": ">", "●": "*", "○": "o", "↑": "^", "↓": "v", "←": "<", "µ": "u", "│": "|", "─": "-",
  ]
}
