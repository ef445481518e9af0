package import QueryLanguage
package import Screen
package import Telemetry

/// What is different about a selection, field by field.
package struct CompareTab: QueryTab {
  /// A line of the list.
  package enum Row: Hashable, Sendable {
    /// Index into the pairs of the result.
    case pair(Int)
    case field(FieldRef)
  }

  /// What the fields are in the order of.
  package enum Order: Int, CaseIterable, Sendable {
    case score, name, certainty
  }

  /// What a person chose to compare; nil: the errors of the query beside the rest of it.
  package private(set) var request: CompareRequest?
  /// What the request is about, in a few words; nil: its filters say it.
  package private(set) var label: String?
  package private(set) var found: CompareResult?
  package private(set) var receivedAt = UnixNanos.zero
  package private(set) var list = ListModel<Row>()
  /// Of the field under the cursor of the list.
  package private(set) var values = ListModel<DifferenceValue>()
  /// The values have the keys, and not the fields.
  package private(set) var isInValues = false
  package private(set) var order = Order.score
  /// Only fields with this in their names.
  package internal(set) var needle = ""
  /// Fields whose repeats are shown.
  private var unfolded: Set<FieldRef> = []

  package static let title = "Compare"
  package static let panes: [QueryModel.Pane] = [.compare, .values]
  package static let slot = Slot(QueryModel.id, "compare")

  package init() {}

  package var pane: QueryModel.Pane { isInValues ? .values : .compare }

  package static func shows(_ query: Query) -> Bool { true }

  package mutating func reset() {
    let order = order
    self = CompareTab()
    self.order = order
  }

  package mutating func leave() { isInValues = false }

  /// Compares this from now on.
  mutating func start(_ request: CompareRequest, _ label: String?) {
    let order = order
    self = CompareTab()
    (self.request, self.label, self.order) = (request, label, order)
  }

  // MARK: Asking

  package func ask(_ page: QueryPage) -> [Intent] {
    [.ask(Self.slot, .compare(asked(page)))]
  }

  private func asked(_ page: QueryPage) -> CompareRequest {
    var asked = request ?? Self.standard(page.query)
    asked.now = page.context.feed.isLive ? page.context.now : nil
    asked.defaultTime = page.context.timeRange
    return asked
  }

  /// The errors among the spans of a query, beside the others.
  static func standard(_ query: Query) -> CompareRequest {
    CompareRequest(
      SpanChoice(filter: Filter.all([query.filter, .holds(.error)].compactMap(\.self))),
      .choice(SpanChoice(filter: query.filter)))
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ page: QueryPage
  ) -> [Intent] {
    guard case .compared(let result) = response else { return [] }
    found = result
    receivedAt = page.context.now
    arrange(page)
    return []
  }

  // MARK: Rows

  /// Pairs shown above the fields, at most.
  private static let pairLimit = 3

  /// Fields that repeat this one.
  package func repeats(of field: FieldRef) -> Int {
    found?.fields.count { $0.sameAs == field } ?? 0
  }

  package func isUnfolded(_ field: FieldRef) -> Bool { unfolded.contains(field) }

  package func difference(_ field: FieldRef) -> FieldDifference? {
    found?.fields.first { $0.field == field }
  }

  /// The field under the cursor of the list; nil on a pair.
  package var current: FieldDifference? {
    if case .field(let field)? = list.current { difference(field) } else { nil }
  }

  package var currentPair: PairDifference? {
    guard case .pair(let index)? = list.current, let found, found.pairs.indices.contains(index)
    else { return nil }
    return found.pairs[index]
  }

  mutating func arrange(_ page: QueryPage) {
    guard let found else { return }
    let panes = panes(page)
    list.receive(rows(found), by: \.self, page: panes.listRows)
    showValues(panes.valueRows)
  }

  private func rows(_ found: CompareResult) -> [Row] {
    let word = needle.lowercased()
    var fields = found.ranked.filter { field in
      word.isEmpty
        ? field.sameAs.map(unfolded.contains) ?? true : field.name.lowercased().contains(word)
    }
    switch order {
    case .score: break
    case .name: fields.sort { $0.name < $1.name }
    case .certainty: fields.sort { $0.adjustedP < $1.adjustedP }
    }
    let pairs = word.isEmpty ? 0..<min(Self.pairLimit, found.pairs.count) : 0..<0
    return pairs.map { .pair($0) } + fields.map { .field($0.field) }
  }

  private mutating func showValues(_ page: Int) {
    let whole = found?.counts ?? Sides()
    let rows = current?.rows(of: whole) ?? currentPair?.rows ?? []
    values.receive(rows, by: \.kind, page: page)
    if values.isEmpty { isInValues = false }
  }

  func panes(_ page: QueryPage) -> ComparePanes {
    panes(
      in: QueryPanes(page.context.body, page.shownQuery, isEditing: page.isEditing).content,
      page.shownQuery)
  }

  package func panes(in content: Rect, _ query: Query) -> ComparePanes {
    ComparePanes(content, hasHeatmap: query.calculations.contains { $0.isHeatmap })
  }

  // MARK: Moving

  mutating func move(_ motion: Motion, _ page: QueryPage) {
    let panes = panes(page)
    if isInValues {
      if motion == .left { return isInValues = false }
      return values.move(motion, page: panes.valueRows)
    }
    switch motion {
    case .left, .right:
      guard let field = current?.sameAs ?? current?.field else { return }
      if motion == .right { unfolded.insert(field) } else { unfolded.remove(field) }
      arrange(page)
      if motion == .left, let index = list.rows.firstIndex(of: .field(field)) {
        list.select(index, page: panes.listRows)
      }
    default:
      list.move(motion, page: panes.listRows)
    }
    values.toFirst()
    showValues(panes.valueRows)
  }

  mutating func pointAtList(_ pointer: Pointer, first: Int, _ page: QueryPage) {
    let panes = panes(page)
    let before = list.selected
    _ = list.point(pointer, first: first, page: panes.listRows)
    if pointer.isClick { isInValues = false }
    guard list.selected != before else { return }
    values.toFirst()
    showValues(panes.valueRows)
  }

  mutating func pointAtValues(_ pointer: Pointer, first: Int, _ page: QueryPage) {
    _ = values.point(pointer, first: first, page: panes(page).valueRows)
    if pointer.isClick { enterValues() }
  }

  mutating func enterValues() { isInValues = !values.isEmpty }

  mutating func sortNext(_ page: QueryPage) {
    order = Order(rawValue: (order.rawValue + 1) % Order.allCases.count) ?? .score
    list.toFirst()
    arrange(page)
  }

  // MARK: The two sides

  /// The selection becomes the baseline, and the other way round.
  mutating func swap(_ page: QueryPage) -> Bool {
    let old = asked(page)
    guard let found else { return false }
    let other: SpanChoice
    switch old.baseline {
    case .choice(let choice): other = choice
    case .others, .alike, .before:
      // What the engine made of it, as a filter.
      guard let choice = try? SpanChoice(text: found.baselineText) else { return false }
      other = choice
    }
    guard other != old.selection else { return false }
    var swapped = CompareRequest(
      SpanChoice(
        filter: other.without(old.selection, by: old.unit), time: other.time ?? old.selection.time),
      .choice(old.selection), by: old.unit)
    swapped.fields = old.fields
    start(swapped, nil)
    return true
  }

  mutating func use(_ baseline: CompareRequest.Baseline, _ page: QueryPage) {
    var changed = asked(page)
    changed.baseline = baseline
    request = changed
  }

  mutating func use(_ choice: SpanChoice, as kind: CompareInput.Kind, _ page: QueryPage) {
    var changed = asked(page)
    switch kind {
    case .selection: changed.selection = choice
    case .baseline: changed.baseline = .choice(choice)
    case .fields: return
    }
    (request, label) = (changed, nil)
  }

  func selectionText(_ query: Query) -> String { (request ?? Self.standard(query)).selection.text }

  func baselineText(_ query: Query) -> String {
    if case .choice(let choice) = (request ?? Self.standard(query)).baseline { return choice.text }
    return found?.baselineText ?? ""
  }

  mutating func use(_ unit: CompareRequest.Unit, _ page: QueryPage) {
    var changed = asked(page)
    changed.unit = unit
    request = changed
  }
}

extension SpanChoice {
  /// What matches and is not in another: what is in both counts on the selection's side alone.
  fileprivate func without(_ other: SpanChoice, by unit: CompareRequest.Unit) -> Filter? {
    guard let own = other.filter else { return filter }
    // Of traces no span at all may match.
    let rest: Filter = unit == .spans ? .not(own) : .related(.none, own)
    return filter.map { $0 == rest ? $0 : .and([$0, rest]) } ?? rest
  }
}
