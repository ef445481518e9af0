extension WaterfallTab {
  mutating func perform(_ command: InputCommand, _ around: Surroundings) -> [Wish] {
    if panel.filterInput != nil {
      panel.endTyping(isKept: command == .accept)
      refreshPanel()
      return []
    }
    guard let field = find.input else { return [] }
    switch command {
    case .leave:
      endSearch(around)
    case .accept:
      find.input = nil
      find.text = field.text
      let wishes = search(around)
      if wishes.isEmpty { jumpToFirstMatch(around) }
      return wishes
    default: break
    }
    return []
  }

  package mutating func edit(_ edit: TextEdit, _ around: Surroundings) -> [Wish] {
    if panel.filterInput != nil {
      panel.edit(edit)
      refreshPanel()
      return []
    }
    guard find.input != nil else { return [] }
    find.input?.edit(edit)
    find.text = find.input?.text ?? ""
    return search(around)
  }
}
