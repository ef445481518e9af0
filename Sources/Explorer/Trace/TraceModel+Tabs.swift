import QueryLanguage
import Screen
import Telemetry

extension TraceModel {
  mutating func switchTab(_ step: Int, _ around: Surroundings) {
    let tabs = Tab.allCases
    tab = tabs[(tab.rawValue + step + tabs.count) % tabs.count]
    countTab()
  }

  /// Works out what the tab shows: when it is opened, and with every new view of the trace.
  mutating func countTab() {
    guard let view else { return }
    switch tab {
    case .waterfall: break
    case .statistics: statistics.count(view)
    case .flame:
      let before = flame
      flame = TraceFlame(view)
      flame.keep(before)
    }
  }

  /// Where tables and flame graphs are drawn: they need no panel.
  package static func tabPanes(_ around: Surroundings) -> TracePanes {
    TracePanes(around.body, hasPanel: false)
  }

  mutating func perform(table command: Command, _ around: Surroundings) -> [Wish] {
    guard let view else { return [] }
    switch command {
    case .move(let motion):
      statistics.cursor.move(
        motion, count: statistics.rows.count, page: Self.tabPanes(around).rows.height)
    case .nextOrder: statistics.nextOrder()
    case .reverseOrder: statistics.reverse()
    case .nextGroup:
      let groups: [TraceStatistics.Group] = [.serviceAndName, .service, .name]
      let place = groups.firstIndex(of: statistics.group) ?? 2
      statistics.regroup(groups[(place + 1) % groups.count], view)
    case .chooseGroup: return [.show(.palette(groupPalette(view)))]
    case .groupBy(let field): statistics.regroup(.field(field), view)
    case .open:
      guard statistics.rows.indices.contains(statistics.cursor.selected) else { return [] }
      let row = statistics.rows[statistics.cursor.selected]
      showFound(row.nodes, named: row.label, around)
    default: break
    }
    return []
  }

  mutating func perform(flame command: Command, _ around: Surroundings) {
    switch command {
    case .move(let motion): flame.move(motion)
    case .open: flame.zoomed = flame.zoomed == flame.selected ? -1 : flame.selected
    case .fit: flame.zoomed = -1
    case .findFrame:
      guard let view, flame.frames.indices.contains(flame.selected) else { return }
      let frame = flame.frames[flame.selected]
      let name = "\(view.texts[Int(frame.service)]) \(view.texts[Int(frame.name)])"
      showFound(flame.nodes(of: flame.selected), named: name, around)
    default: break
    }
  }

  /// Back to the waterfall with these spans as if they had been searched for.
  mutating func showFound(_ nodes: [Int32], named name: String, _ around: Surroundings) {
    tab = .waterfall
    isPanelFocused = false
    find = TraceFind()
    find.label = name
    find.matches = nodes
    if let view { find.count(view) }
    jumpToFirstMatch(around)
  }

  private func groupPalette(_ view: TraceView) -> Palette {
    Palette(
      title: "Group by",
      items: TraceFields(view).entries.map { entry in
        Palette.Item(
          text: QueryText.print(entry.field), keys: Figures.plural(entry.spans, "span"),
          choice: .trace(.groupBy(entry.field)))
      })
  }
}

extension TraceFlame {
  /// Selection and zoom stay on their frames while the trace grows: frames are found again by the
  /// path of names that leads to them.
  mutating func keep(_ before: TraceFlame) {
    selected = find(before.path(before.selected)) ?? 0
    zoomed = before.zoomed >= 0 ? find(before.path(before.zoomed)) ?? -1 : -1
  }

  private func path(_ frame: Int) -> [[Int32]] {
    var path: [[Int32]] = []
    var place = frame
    while frames.indices.contains(place) {
      path.append([frames[place].service, frames[place].name])
      place = Int(frames[place].parent)
    }
    return path.reversed()
  }

  private func find(_ path: [[Int32]]) -> Int? {
    var place: Int?
    for (depth, names) in path.enumerated() {
      guard levels.indices.contains(depth),
        let next = levels[depth].first(where: { frame in
          let candidate = frames[Int(frame)]
          return candidate.parent == Int32(place ?? -1)
            && [candidate.service, candidate.name] == names
        })
      else { return nil }
      place = Int(next)
    }
    return place
  }
}
