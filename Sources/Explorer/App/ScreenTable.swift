/// Every screen there is. A new one is a folder of its own and a row here.
package enum ScreenTable {
  /// In the order of their number keys; a screen without a ``ScreenComponent/summary`` has none.
  package static let types: [any ScreenComponent.Type] = [
    HomeModel.self, QueryModel.self, TracesModel.self, TraceModel.self,
  ]

  /// The screens with a number key and a position in the header.
  package static let numbered: [(number: Int, type: any ScreenComponent.Type)] =
    types.filter { $0.summary != nil }.enumerated().map { ($0 + 1, $1) }

  /// What the header and the help call a screen.
  package static func title(_ id: ScreenID) -> String {
    types.first { $0.id == id }?.title ?? id.name
  }
}
