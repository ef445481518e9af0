extension WaterfallTab {
  mutating func perform(_ command: InputCommand, _ context: Context) -> [Intent] {
    if panel.filterInput != nil {
      panel.endTyping(isKept: command == .accept)
      refreshPanel()
      return []
    }
    guard let typed = find.input, !(find.input?.perform(command, context.catalog) ?? true) else {
      find.text = find.input?.text ?? find.text
      return search(context)
    }
    switch command {
    case .leave:
      endSearch(context)
    case .accept:
      find.input = nil
      find.text = typed.text
      let intents = search(context)
      if intents.isEmpty { jumpToFirstMatch(context) }
      return intents
    default: break
    }
    return []
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    if panel.filterInput != nil {
      panel.edit(edit)
      refreshPanel()
      return []
    }
    guard find.input != nil else { return [] }
    find.input?.edit(edit, context.catalog)
    find.text = find.input?.text ?? ""
    return search(context)
  }
}
