import QueryLanguage
import Telemetry

extension RawTab {
  package func ask(_ page: QueryPage) -> [Intent] {
    let query = page.query
    var asked = query.isRaw ? query : Query(filter: query.filter)
    asked.time = query.time
    if !query.isRaw { asked.limit = Self.limit }
    if let order { asked.orderBy = [order] }
    var options = page.context.options(columns: 8)
    options.rawFields = fields(query)
    // An empty list would let the engine choose, which is another thing than no columns.
    if options.rawFields.isEmpty { options.rawFields = [.startTime] }
    return [.ask(Self.slot, .query(asked, options))]
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ page: QueryPage
  ) -> [Intent] {
    switch response {
    case .result(let result) where slot == Self.slot:
      show(result, page)
      return []
    case .trace(let view): return showSpan(view)
    default: return []
    }
  }

  package mutating func perform(_ command: QueryModel.Command, _ page: QueryPage) -> [Intent]? {
    switch command {
    case .move(let motion): move(motion, page)
    case .menu: return menu()
    case .openTrace: return list.current.map { [.open(.trace($0.trace, $0.span))] } ?? []
    case .showSpan: return list.current.map { [.ask(Self.spanSlot, .trace($0.trace))] } ?? []
    case .sort: return sort(page)
    case .reverse: return reverse(page)
    default: return nil
    }
    return []
  }

  package mutating func point(
    _ pointer: Pointer, at spot: QueryModel.Spot, _ page: QueryPage
  ) -> [Intent] {
    switch spot {
    case .rows(let first): return list.point(pointer, first: first, page: page.listRows)
    case .cells(let first, let column):
      if pointer.isClick { goTo(column: column) }
      return list.point(pointer, first: first, page: page.listRows)
    case .column(let column):
      guard pointer.isClick else { return [] }
      goTo(column: column)
      return sort(page)
    default: return []
    }
  }

  package mutating func walk(_ step: Int, _ page: QueryPage) -> [Intent] {
    let old = list.current
    list.move(step > 0 ? .down : .up, page: page.listRows)
    return list.current == old ? [] : perform(.openTrace, page) ?? []
  }

  private func menu() -> [Intent] {
    guard let cell else { return [] }
    var menu = ValueMenu.menu(cell.field, cell.value)
    if let key = list.current {
      menu.items.insert(
        Menu.Item("open its trace", "o", [.open(.trace(key.trace, key.span))]), at: 0)
    }
    return [.show(menu)]
  }

  /// How rows are ordered when nobody says.
  private static func standing(_ query: Query) -> Ordering {
    query.orderBy.first ?? Ordering(.field(.startTime))
  }

  private mutating func sort(_ page: QueryPage) -> [Intent] {
    guard let result else { return [] }
    let current = order ?? Self.standing(page.query)
    guard let next = Ordering.standard(result.columns, column) else { return [] }
    if next.key == current.key { return reverse(page) }
    use(next)
    list.toFirst()
    return ask(page)
  }

  private mutating func reverse(_ page: QueryPage) -> [Intent] {
    use((order ?? Self.standing(page.query)).reversed)
    return ask(page)
  }

  /// The whole span: its fields by name, then its JSON.
  private func showSpan(_ view: TraceView?) -> [Intent] {
    guard let key = list.current, let view, view.id == key.trace,
      let index = view.nodes.firstIndex(where: { $0.spanID == key.span })
    else { return [.notice(Notice("the span is not held any more", .warning))] }
    let fields = PanelLines.fields(index, view)
    let width = fields.map(\.key.count).max() ?? 0
    let lines = fields.map { line in
      line.key + String(repeating: " ", count: max(0, width - line.key.count) + 2) + line.value
    }
    let title = view.texts[Int(view.nodes[index].name)]
    return [
      .show(ScrollText(title: title, lines: lines + [""] + SpanJSON.lines(index, view)))
    ]
  }
}
