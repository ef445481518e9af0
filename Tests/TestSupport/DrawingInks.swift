package import Screen

extension Grid {
  /// A picture of the inks instead of the characters: a letter for each role in front, or behind
  /// when `behind`; `.` is every other. Trailing dots are cut.
  package func inks(_ letters: [Role: Character], behind: Bool = false) -> String {
    (0..<height).map { y in
      var line = ""
      for x in 0..<width {
        let ink = self[x, y].ink
        let tone = behind ? ink.back : ink.front
        if case .role(let role)? = tone { line.append(letters[role] ?? ".") } else { line += "." }
      }
      while line.last == "." { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
