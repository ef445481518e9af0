/// One of each screen.
package struct Screens: Sendable {
  private var components: [ScreenID: any ScreenComponent]

  init() {
    components = Dictionary(
      uniqueKeysWithValues: ScreenTable.types.map { ($0.id, $0.init() as any ScreenComponent) })
  }

  /// A screen whatever its type.
  package subscript(id: ScreenID) -> any ScreenComponent {
    get { components[id] ?? ScreenTable.types[0].init() }
    _modify {
      // Taken out and put back, so that nothing of it is copied.
      var component = components.removeValue(forKey: id) ?? ScreenTable.types[0].init()
      defer { components[id] = component }
      yield &component
    }
  }

  /// A screen by its type.
  package subscript<Model: ScreenComponent>(type: Model.Type) -> Model {
    get { components[Model.id] as? Model ?? Model() }
    _modify {
      var model = components.removeValue(forKey: Model.id) as? Model ?? Model()
      defer { components[Model.id] = model }
      yield &model
    }
  }

  /// Tells every screen something.
  mutating func receive(_ news: News, _ context: Context) {
    for type in ScreenTable.types { self[type.id].receive(news, context) }
  }
}
