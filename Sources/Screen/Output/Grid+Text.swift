extension Grid {
  /// The characters, a line a row, trailing blanks cut: for tests and for `w`.
  package var text: String {
    var lines: [String] = []
    for y in 0..<height {
      var line = ""
      for x in 0..<width where self[x, y].character != Cell.continuation {
        line.append(self[x, y].character)
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }
}
