import Explorer
import Screen

/// How each component is drawn. A new screen or overlay is a file here and a row.
enum ViewTable {
  static let rows: [ViewRow] = [
    ViewRow(HomeView.draw), ViewRow(QueryView.draw), ViewRow(TracesView.draw),
    ViewRow(TraceScreenView.draw),
    ViewRow(ScrollTextView.draw), ViewRow(MenuView.draw), ViewRow(PaletteView.draw),
    ViewRow(TimePromptView.draw),
  ]

  private static let byType = Dictionary(
    uniqueKeysWithValues: rows.map { ($0.type, $0.draw) })

  static func draw(_ component: any Component, _ context: Context, on grid: inout Grid) {
    byType[ObjectIdentifier(type(of: component))]?(component, context, &grid)
  }

  static func knows(_ type: any Component.Type) -> Bool { byType[ObjectIdentifier(type)] != nil }
}

/// A component's type and its drawing.
struct ViewRow: Sendable {
  typealias Drawing = @Sendable (any Component, Context, inout Grid) -> Void

  let type: ObjectIdentifier
  let draw: Drawing

  init<Model: Component>(
    _ draw: @escaping @Sendable (Model, Context, inout Grid) -> Void
  ) {
    type = ObjectIdentifier(Model.self)
    self.draw = { component, context, grid in
      if let model = component as? Model { draw(model, context, &grid) }
    }
  }
}
