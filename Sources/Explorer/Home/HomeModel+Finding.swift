import QueryLanguage

extension HomeModel {
  package var isTyping: Bool { find != nil }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    find?.edit(edit, context.catalog)
    return []
  }

  mutating func perform(_ command: InputCommand, _ context: Context) -> [Intent] {
    if find?.perform(command, context.catalog) ?? true { return [] }
    switch command {
    case .accept: return accept(context)
    case .leave: find = nil
    default: break
    }
    return []
  }

  private mutating func accept(_ context: Context) -> [Intent] {
    guard let typed = find else { return [] }
    do {
      found = try typed.meaning(context.catalog)
      find = nil
      tabs.find(found)
      let news = found == .nothing ? [] : [Intent.notice(Notice(found.label(context.catalog)))]
      return refresh(context, isNew: true) + news
    } catch {
      find?.error = error
      return []
    }
  }

  /// Everything is shown again; false when nothing was looked for.
  mutating func endFound() -> Bool {
    guard found != .nothing else { return false }
    found = .nothing
    tabs.find(.nothing)
    return true
  }
}
