package import Screen

extension TraceModel {
  package mutating func type(_ key: Key, _ around: Surroundings) -> [Wish] {
    if panel.filterInput != nil {
      panel.type(key)
      refreshPanel()
      return []
    }
    guard var field = find.input else { return [] }
    switch key {
    case .escape:
      endSearch(around)
    case .enter:
      find.input = nil
      find.text = field.text
      let wishes = search(around)
      if wishes.isEmpty { jumpToFirstMatch(around) }
      return wishes
    default:
      guard let edit = TextEdit(key) else { return [] }
      field.edit(edit)
      find.input = field
      find.text = field.text
      return search(around)
    }
    return []
  }

  package mutating func paste(_ text: String, _ around: Surroundings) -> [Wish] {
    if panel.filterInput != nil {
      panel.paste(text)
      refreshPanel()
      return []
    }
    guard find.input != nil else { return [] }
    find.input?.insert(text)
    find.text = find.input?.text ?? ""
    return search(around)
  }
}
