/// The characters that drawings are made of: Unicode, or ASCII for the C locale and `--ascii`.
package struct Glyphs: Hashable, Sendable {
  package let isUnicode: Bool

  package static let unicode = Glyphs(isUnicode: true)
  package static let ascii = Glyphs(isUnicode: false)

  package var horizontal: Character { isUnicode ? "─" : "-" }
  package var vertical: Character { isUnicode ? "│" : "|" }
  package var topLeft: Character { isUnicode ? "╭" : "+" }
  package var topRight: Character { isUnicode ? "╮" : "+" }
  package var bottomLeft: Character { isUnicode ? "╰" : "+" }
  package var bottomRight: Character { isUnicode ? "╯" : "+" }
  package var ellipsis: Character { isUnicode ? "…" : "~" }
  /// In front of the row under the cursor.
  package var cursor: Character { isUnicode ? "▸" : ">" }
  /// In front of a row whose children are hidden.
  package var folded: Character { isUnicode ? "▸" : "+" }
  /// In front of a row whose children are shown.
  package var unfolded: Character { isUnicode ? "▾" : "-" }
  /// In front of a row that is marked.
  package var bullet: Character { isUnicode ? "●" : "*" }
  package var hollow: Character { isUnicode ? "○" : "o" }
  package var event: Character { isUnicode ? "●" : "*" }
  package var link: Character { isUnicode ? "⇄" : "&" }
  /// A span or trace with an error.
  package var errorMark: Character { isUnicode ? "✗" : "!" }
  /// A span that has an error below it.
  package var errorBelow: Character { isUnicode ? "⚠" : "^" }
  /// A cell of ``Grid/thinBar(x:y:length:width:_:)``.
  package var thinBar: Character { isUnicode ? "━" : "=" }
  /// The left half of such a cell.
  package var thinHalfBar: Character { isUnicode ? "╸" : "-" }
  /// Along a bar, where the span is on the critical path.
  package var critical: Character { isUnicode ? "━" : "=" }
  /// A child with siblings after it, in a tree.
  package var branch: Character { isUnicode ? "├" : "|" }
  /// The last child, in a tree.
  package var lastBranch: Character { isUnicode ? "└" : "`" }
  package var tail: Character { isUnicode ? "╌" : "." }
  /// A cell of a bar that is filled as a whole.
  package var full: Character { isUnicode ? "█" : "#" }
  /// A cell of a bar that leaves a gap to the row above.
  package var lowBar: Character { isUnicode ? "▄" : "#" }
  /// In the last cell of what ends where its like begins.
  package var edge: Character { isUnicode ? "▕" : "|" }
  /// Between the steps of a path.
  package var step: Character { isUnicode ? "›" : ">" }
  /// Beside the rows of a list that are shown, where others are not.
  package var scrollMark: Character { isUnicode ? "┃" : "#" }
  package var separator: Character { isUnicode ? "·" : "|" }
  package var arrowUp: Character { isUnicode ? "↑" : "^" }
  package var arrowDown: Character { isUnicode ? "↓" : "v" }
  package var times: Character { isUnicode ? "×" : "x" }

  /// Left eighths of a cell, 1…8; in ASCII a cell is on from its half.
  package func leftBlock(_ eighths: Int) -> Character {
    guard isUnicode else { return eighths >= 4 ? "#" : " " }
    return Self.left[min(8, max(0, eighths))]
  }

  /// Lower eighths of a cell, 0…8.
  package func lowerBlock(_ eighths: Int) -> Character {
    let index = min(8, max(0, eighths))
    return isUnicode ? Self.lower[index] : Self.lowerASCII[index]
  }

  /// Marks that tell ten groups apart without colour.
  package func seriesMark(_ number: Int) -> Character {
    let marks = isUnicode ? Self.marks : Self.marksASCII
    return marks[((number % marks.count) + marks.count) % marks.count]
  }

  /// A shade for 0…1 where there are no colours.
  package func shade(_ share: Double) -> Character {
    let index = Int((share * Double(Self.shades.count - 1)).rounded())
    return Self.shades[min(Self.shades.count - 1, max(0, index))]
  }

  private static let left: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  private static let lower: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let lowerASCII: [Character] = [" ", "_", "_", ".", "-", "-", "=", "=", "#"]
  private static let marks: [Character] = ["●", "■", "▲", "◆", "★", "○", "□", "△", "◇", "☆"]
  private static let marksASCII: [Character] = Array("*#^@+oxv%$")
  static let shades: [Character] = Array(" .:-=+*#%@")
}
