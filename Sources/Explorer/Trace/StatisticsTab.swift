package import QueryLanguage
import Screen
import Telemetry

/// The spans of a trace in groups, as a table.
package struct StatisticsTab: TraceTab {
  package private(set) var statistics = TraceStatistics()
  private var view: TraceView?

  package static let title = "Statistics"
  package static let panes: [TraceModel.Pane] = [.statistics]

  package init() {}

  package var pane: TraceModel.Pane { .statistics }

  package var summary: String { "\(statistics.list.selected + 1) of \(statistics.list.count)" }

  package mutating func receive(_ view: TraceView) {
    self.view = view
    statistics.count(view)
  }

  package mutating func perform(
    _ command: TraceModel.Command, _ context: Context
  ) -> [Intent]? {
    guard let view else { return nil }
    switch command {
    case .move(let motion): statistics.move(motion, page: Self.layout(context).rows.height)
    case .nextOrder: statistics.nextOrder()
    case .reverseOrder: statistics.reverse()
    case .nextGroup:
      let groups: [TraceStatistics.Group] = [.serviceAndName, .service, .name]
      let index = groups.firstIndex(of: statistics.group) ?? 2
      statistics.regroup(groups[(index + 1) % groups.count], view)
    case .chooseGroup: return [.show(groupPalette(view))]
    case .groupBy(let field): statistics.regroup(.field(field), view)
    case .open:
      return statistics.list.current.map { [.trace(.showFound($0.nodes, $0.label))] } ?? []
    default: return nil
    }
    return []
  }

  package mutating func point(
    _ pointer: Pointer, at spot: TraceModel.Spot, _ context: Context
  ) -> [Intent] {
    switch spot {
    case .rows(let first):
      return statistics.point(pointer, first: first, page: Self.layout(context).rows.height)
    case .column(let column) where pointer.isClick: statistics.sort(by: column)
    default: break
    }
    return []
  }

  private func groupPalette(_ view: TraceView) -> Palette {
    Palette(
      title: "Group by",
      items: TraceFields(view).entries.map { entry in
        Palette.Item(
          text: QueryText.print(entry.field), keys: Figures.plural(entry.spans, "span"),
          intent: .trace(.groupBy(entry.field)))
      })
  }
}
