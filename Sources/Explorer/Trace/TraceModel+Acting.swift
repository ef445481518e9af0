import QueryLanguage
import Telemetry

extension TraceModel {
  /// Menus, copies and files.
  mutating func act(_ command: Command, _ around: Surroundings) -> [Wish] {
    switch command {
    case .panelMenu: return openPanelLine(around)
    case .copyID:
      if isPanelFocused, let line = panel.current {
        return [.copy(line.value, what: line.key.isEmpty ? "line" : line.key)]
      }
      guard let view, let node = selectedNode else { return [] }
      return [.copy(view.nodes[node].spanID.description, what: "span id")]
    case .copySummary:
      guard let view, let node = selectedNode else { return [] }
      return [.copy(Self.summary(node, view), what: "summary")]
    case .write:
      guard let view else { return [] }
      return [.show(.menu(writeMenu(view)))]
    default: return []
    }
  }

  private mutating func openPanelLine(_ around: Surroundings) -> [Wish] {
    guard let line = panel.current else { return [] }
    switch line.target {
    case .field(let field, let value):
      var menu = ValueMenu.menu(field, value)
      menu.items += ownItems(field, value)
      if PrettyText.isLong(line.value) {
        let pager = Overlay.pager(readable(line.key, line.value, around))
        menu.items.insert(Menu.Item("read it in full", "r", [.wish(.show(pager))]), at: 0)
      }
      return [.show(.menu(menu))]
    case .text(let text): return [.show(.pager(readable(line.key, text, around)))]
    case .link(let trace, let span):
      guard let id else { return [] }
      let back = (id: id, span: selectedNode.flatMap { view?.nodes[$0].spanID })
      let before = visited
      let wishes = open(trace, span, around)
      visited = before + [back]
      return wishes
    case nil: return [.show(.pager(readable(line.key, line.value, around)))]
    }
  }

  /// What the waterfall itself can do with a value.
  private func ownItems(_ field: FieldRef, _ value: ResultValue) -> [Menu.Item] {
    let name = QueryText.print(field)
    let column = TraceColumn.field(field)
    let isShown = columns.contains(column)
    return [
      Menu.Item(
        "find the spans of this trace with the same", "f", [.trace(.findSame(field, value))]),
      Menu.Item(
        isShown ? "take \(name) out of the waterfall" : "show \(name) in the waterfall", "w",
        [.trace(.showColumn(column))]),
      Menu.Item("colour the waterfall by \(name)", "b", [.trace(.colorBy(field))]),
    ]
  }

  private func readable(_ title: String, _ text: String, _ around: Surroundings) -> ScrollText {
    let name = title.drop { $0 == " " }
    return ScrollText(
      title: name.isEmpty ? "value" : String(name),
      lines: PrettyText.lines(text, width: around.width - 8))
  }

  /// `frontend GET /cart 34.2ms error  9850…683b/00f0…`
  static func summary(_ index: Int, _ view: TraceView) -> String {
    let node = view.nodes[index]
    let error = node.isError ? " error" : ""
    let what = "\(view.texts[Int(node.service)]) \(view.texts[Int(node.name)])"
    return "\(what) \(node.duration.short)\(error)  \(view.id)/\(node.spanID)"
  }

  private func writeMenu(_ view: TraceView) -> Menu {
    let formats: [(String, WriteJob.TraceFormat)] = [
      ("OTLP JSON", .otlp), ("Jaeger JSON", .jaeger), ("text", .text),
    ]
    var items = formats.enumerated().map { place, format in
      Menu.Item(
        "the trace as \(format.0)", Character("\(place + 1)"),
        [.wish(.write(WriteJob(.trace(view, subtree: nil, format.1))))])
    }
    if let node = selectedNode {
      items += formats.enumerated().map { place, format in
        Menu.Item(
          "this span and all below it as \(format.0)", Character("\(place + 4)"),
          [.wish(.write(WriteJob(.trace(view, subtree: node, format.1))))])
      }
    }
    items.append(
      Menu.Item("the screen as a picture (SVG)", "s", [.wish(.write(WriteJob(.screenSVG)))]))
    items.append(Menu.Item("the screen as text", "t", [.wish(.write(WriteJob(.screenText)))]))
    return Menu(title: "Write", items: items)
  }
}
