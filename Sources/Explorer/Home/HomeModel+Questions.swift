import QueryLanguage
import Telemetry

extension HomeModel {
  private static let percentiles: [Calculation] = [Percentile.p50, .p95, .p99]
    .map { .percentile($0, .duration) }

  private static let byServiceSlot = Slot(HomeModel.id, "services")
  private static let errorsSlot = Slot(HomeModel.id, "errors")
  private static let durationsSlot = Slot(HomeModel.id, "durations")
  private static let operationsSlot = Slot(HomeModel.id, "operations")

  package mutating func refresh(_ context: Context, isNew: Bool) -> [Intent] {
    let panes = panes(context)
    // Two dots a cell, and room for the axis.
    let options = context.options(columns: max(8, panes.graphWidth - 9))
    var byService = Query(
      visualize: [.count] + Self.percentiles, filter: narrowed(nil, context),
      groupBy: [.serviceName]
    )
    byService.limit = 1_000
    var errors = Query(
      visualize: [.count], filter: narrowed(.holds(.error), context), groupBy: [.serviceName])
    errors.limit = 1_000
    var operations = Query(
      visualize: [.count, .percentile(.p99, .duration)], filter: narrowed(nil, context),
      groupBy: [.serviceName, .spanName])
    operations.limit = 10_000
    var table = options
    table.seriesLimit = 0
    return [
      .ask(Self.byServiceSlot, .query(byService, options)),
      .ask(Self.errorsSlot, .query(errors, options)),
      .ask(
        Self.durationsSlot,
        .query(Query(visualize: Self.percentiles, filter: narrowed(nil, context)), options)),
      .ask(Self.operationsSlot, .query(operations, table)),
    ] + tabs.all.flatMap { $0.ask(narrowed(nil, context), context) }
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ context: Context
  ) -> [Intent] {
    switch response {
    case .result(let result) where slot == Self.byServiceSlot:
      figures.byService = result
      joinServices(context)
    case .result(let result) where slot == Self.errorsSlot:
      figures.errors = result
      joinServices(context)
    case .result(let result) where slot == Self.durationsSlot: figures.durations = result
    case .result(let result) where slot == Self.operationsSlot:
      services.learn(operations: result)
    case .failure(let error): failure = error
    default: tabs.receive(response, in: slot, page: panes(context).recentRows)
    }
    return []
  }

  private mutating func joinServices(_ context: Context) {
    services.join(figures.byService, figures.errors) { count in
      HomePanes(context.body, services: count).serviceRows
    }
  }

  /// With what narrows every screen, and what is looked for here.
  func narrowed(_ filter: Filter?, _ context: Context) -> Filter? {
    context.narrowed(Filter.all([found.filter, filter].compactMap(\.self)))
  }
}
