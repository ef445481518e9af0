package import Explorer

extension ScreenID {
  package static let home = HomeModel.id
  package static let query = QueryModel.id
  package static let traces = TracesModel.id
  package static let trace = TraceModel.id
}

extension AppState {
  package var home: HomeModel { self[HomeModel.self] }
  package var query: QueryModel { self[QueryModel.self] }
  package var traces: TracesModel { self[TracesModel.self] }
  package var trace: TraceModel { self[TraceModel.self] }

  /// A program that has just started.
  package init(started setup: AppSetup) {
    self.init()
    _ = update(.start(setup))
  }
}
