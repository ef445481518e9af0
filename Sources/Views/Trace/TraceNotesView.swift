import Explorer
import Screen

/// What is striking about a trace, in the place of the side panel.
enum TraceNotesView {
  static func draw(_ notes: TraceNotes, _ rect: Rect, on grid: inout Grid) {
    let area = grid.box(
      rect, title: "Notes", note: "\(notes.list.count)", isFocused: true)
    var y = area.y
    let selected = notes.list.selected
    let heights = notes.list.rows.map { wrapped($0.text, area.width - 2).count + 1 }
    // Scrolled so that the selected note is whole.
    var first = selected
    var used = heights.indices.contains(selected) ? heights[selected] : 0
    while first > 0, used + heights[first - 1] <= area.height {
      first -= 1
      used += heights[first]
    }
    for (index, note) in notes.list.rows.enumerated().dropFirst(first) where y < area.bottom {
      let height = min(heights[index], area.bottom - y)
      grid.mark(
        Rect(x: area.x, y: y, width: area.width, height: height), as: TraceModel.Spot.note(index))
      if index == selected {
        grid.shade(Rect(x: area.x, y: y, width: area.width, height: height), .selection)
        grid.put(String(grid.glyphs.cursor), x: area.x, y: y, Ink(.accent, .bold))
      }
      grid.put(note.kind.title, x: area.x + 2, y: y, Ink(.warning, .bold), limit: area.width - 2)
      for (line, text) in wrapped(note.text, area.width - 2).prefix(height - 1).enumerated() {
        grid.put(text, x: area.x + 2, y: y + 1 + line, .text, limit: area.width - 2)
      }
      y += height
    }
  }

  /// Broken at blanks, and within a word that is longer than a line.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces($0, max(1, width)) }) {
      if !line.isEmpty, GlyphWidth.of(line) + 1 + GlyphWidth.of(word) > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func pieces(_ word: Substring, _ width: Int) -> [Substring] {
    var pieces: [Substring] = []
    var rest = word
    while rest.count > width {
      pieces.append(rest.prefix(width))
      rest = rest.dropFirst(width)
    }
    return pieces + [rest]
  }
}
