package import Explorer
package import QueryLanguage
import Screen
import Telemetry

/// A trace as text: the waterfall of the Trace screen without a terminal.
package enum TraceText {
  /// The narrowest that still shows names and bars.
  package static let minimumWidth = 40

  /// Rows drawn at a time, so that a large trace needs no large grid.
  private static let chunk = 512

  /// Lines of at most `width` cells, each span in one: title, figures, waterfall, notes.
  package static func lines(
    _ view: TraceView, width: Int, columns: [TraceColumn] = [], isUnicode: Bool = true
  ) -> [String] {
    let width = max(minimumWidth, width)
    var context = Context()
    context.isUnicode = isUnicode
    context.services.learn(view.nodes.lazy.map { view.texts[Int($0.service)] })
    let model = TraceModel(printing: view, columns: columns)
    let tab = model.tabs[WaterfallTab.self]
    let glyphs: Glyphs = isUnicode ? .unicode : .ascii
    var lines = head(model, view, width, glyphs)
    for first in stride(from: 0, to: max(1, tab.rows.count), by: chunk) {
      let rows = first..<min(tab.rows.count, first + chunk)
      let panes = TracePanes(printing: width, rows: rows.count)
      var grid = Grid(width: width, height: rows.count + 1, glyphs: glyphs)
      WaterfallView(printing: rows, of: tab, view: view, panes: panes, context: context)
        .draw(on: &grid)
      let text = grid.text.split(separator: "\n", omittingEmptySubsequences: false)
      // The axis stands once, above everything.
      lines += text.dropFirst(first == 0 ? 0 : 1).map(String.init)
    }
    return lines + notes(model, width, glyphs)
  }

  private static func head(
    _ model: TraceModel, _ view: TraceView, _ width: Int, _ glyphs: Glyphs
  ) -> [String] {
    let figures = TraceTitleView.figures(model, view, began: InstantText.text(view.start))
      .map(\.text)
    let text = figures.joined(separator: " \(glyphs.separator) ")
    return [cut("trace \(view.id)", width, glyphs), cut(text, width, glyphs), ""]
  }

  private static func cut(_ text: String, _ width: Int, _ glyphs: Glyphs) -> String {
    var grid = Grid(width: width, height: 1, glyphs: glyphs)
    grid.put(text, x: 0, y: 0, .text)
    return grid.text
  }

  private static func notes(_ model: TraceModel, _ width: Int, _ glyphs: Glyphs) -> [String] {
    guard !model.notes.list.isEmpty else { return [] }
    return model.notes.list.rows.reduce(into: ["", "notes"]) { lines, note in
      lines.append("  \(note.kind.title)")
      lines += TraceNotesView.wrapped(note.text, width - 4).map { cut("    " + $0, width, glyphs) }
    }
  }
}
