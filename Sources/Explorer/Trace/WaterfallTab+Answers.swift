import QueryLanguage

extension WaterfallTab {
  /// Answers to what the waterfall itself asked.
  mutating func receive(
    _ response: Response, in slot: Slot, _ context: Context
  ) -> [Intent] {
    switch response {
    case .result(let result) where slot == TraceModel.findSlot: receive(found: result, context)
    case .ranks(let ranks) where slot == Self.rankSlot: return receive(ranks: ranks)
    case .failure(let error) where slot == TraceModel.findSlot: find.error = error
    default: break
    }
    return []
  }

  /// The waterfall with these spans as if they had been searched for.
  mutating func showFound(_ nodes: [Int32], _ name: String, _ context: Context) {
    panel.isFocused = false
    find = TraceFind()
    find.label = name
    find.matches = nodes
    if let view { find.count(view) }
    jumpToFirstMatch(context)
  }

  /// For paper: every span has its row.
  mutating func print(_ view: TraceView, _ columns: [TraceColumn]) {
    self.columns = columns
    folds.foldsRuns = false
    show(view)
    list = ListModel(laidOut)
  }
}
