import QueryLanguage
import Telemetry

extension WaterfallTab {
  /// `y`: what is under the cursor, in the panel or in the waterfall.
  func copy() -> [Intent] {
    if panel.isFocused, let line = panel.list.current {
      return [.copy(line.value, what: line.key.isEmpty ? "line" : line.key)]
    }
    guard let view, let node = selectedNode else { return [] }
    return [.copy(view.nodes[node].spanID.description, what: "span id")]
  }

  func copySummary() -> [Intent] {
    guard let view, let node = selectedNode else { return [] }
    return [.copy(Self.summary(node, view), what: "summary")]
  }

  func openPanelLine(_ context: Context) -> [Intent] {
    guard let line = panel.list.current else { return [] }
    switch line.target {
    case .field(let field, let value):
      var menu = ValueMenu.menu(field, value)
      menu.items += ownItems(field, value)
      if PrettyText.isLong(line.value) {
        let pager = readable(line.key, line.value, context)
        menu.items.insert(Menu.Item("read it in full", "r", [.show(pager)]), at: 0)
      }
      return [.show(menu)]
    case .text(let text): return [.show(readable(line.key, text, context))]
    case .link(let trace, let span):
      return [.trace(.follow(trace, span))]
    case nil: return [.show(readable(line.key, line.value, context))]
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

  private func readable(_ title: String, _ text: String, _ context: Context) -> ScrollText {
    let name = title.drop { $0 == " " }
    return ScrollText(
      title: name.isEmpty ? "value" : String(name),
      lines: PrettyText.lines(text, width: context.width - 8))
  }

  /// `frontend GET /cart 34.2ms error  9850…683b/00f0…`
  static func summary(_ index: Int, _ view: TraceView) -> String {
    let node = view.nodes[index]
    let error = node.isError ? " error" : ""
    let what = "\(view.texts[Int(node.service)]) \(view.texts[Int(node.name)])"
    return "\(what) \(node.duration.short)\(error)  \(view.id)/\(node.spanID)"
  }
}
