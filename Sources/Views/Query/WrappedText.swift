import Screen

/// A text broken into lines of a width, between any two characters.
struct WrappedText {
  private let characters: [Character]
  /// The first character of each line.
  private(set) var starts = [0]

  init(_ characters: [Character], width: Int) {
    self.characters = characters
    var used = 0
    for (position, character) in characters.enumerated() {
      let size = GlyphWidth.of(character)
      // A cell is kept for the cursor behind the last character.
      if used + size > max(2, width) - 1 {
        starts.append(position)
        used = 0
      }
      used += size
    }
  }

  func range(of line: Int) -> Range<Int> {
    guard starts.indices.contains(line) else { return 0..<0 }
    return starts[line]..<(line + 1 < starts.count ? starts[line + 1] : characters.count)
  }

  /// Where character `position` stands, in lines and cells.
  func position(of position: Int) -> (line: Int, column: Int) {
    let line = max(0, (starts.firstIndex { $0 > position } ?? starts.count) - 1)
    let column = GlyphWidth.of(String(characters[starts[line]..<min(position, characters.count)]))
    return (line, column)
  }
}
