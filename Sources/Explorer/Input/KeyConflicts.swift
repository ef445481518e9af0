import Screen

/// Where a key chosen by a person would mean two things at once.
enum KeyConflicts {
  /// A command in one part of a component, with its keys.
  private struct Entry {
    var id: CommandID
    var keys: [Key]
    var standard: [Key]
  }

  /// The first conflict of the keys chosen, in the order of the commands' ids.
  static func first(in keymap: Keymap, _ chosen: [CommandID: [Key]]) -> KeymapError? {
    let shared = entries(GlobalCommand.name, GlobalCommand.rows, keymap).flatMap(\.self)
    let screens = ScreenTable.types.map { entries($0, keymap) }
    let groups =
      screens.flatMap(\.self) + OverlayTable.types.flatMap { entries($0, keymap) } + [shared]
      + entries(TextEdit.name, TextEdit.rows, keymap)
    for (id, keys) in chosen.sorted(by: { $0.key.description < $1.key.description }) {
      for key in keys {
        let other =
          clash(id, key, in: groups)
          ?? clash(id, key, shared: shared, screens: screens.flatMap { $0.flatMap(\.self) })
        if let other { return .conflict(id, key, with: other) }
      }
    }
    return nil
  }

  /// Another command of the same part with the key.
  private static func clash(_ id: CommandID, _ key: Key, in groups: [[Entry]]) -> CommandID? {
    for group in groups where group.contains(where: { $0.id == id }) {
      if let other = group.first(where: { $0.id != id && $0.keys.contains(key) }) {
        return other.id
      }
    }
    return nil
  }

  /// A screen's own keys come before those of everywhere: one would hide the other. What the
  /// standard keys hide is meant so.
  private static func clash(
    _ id: CommandID, _ key: Key, shared: [Entry], screens: [Entry]
  ) -> CommandID? {
    let own = shared + screens
    if own.contains(where: { $0.id == id && $0.standard.contains(key) }) { return nil }
    let isShared = shared.contains { $0.id == id }
    let isOfScreen = screens.contains { $0.id == id }
    guard isShared || isOfScreen else { return nil }
    return (isShared ? screens : shared).first { $0.keys.contains(key) }?.id
  }

  private static func entries<Model: Component>(
    _ type: Model.Type, _ keymap: Keymap
  ) -> [[Entry]] {
    entries(type.name, type.rows, keymap)
  }

  /// What works together: the rows told in each mode, and those that act where a text is typed.
  private static func entries<Command, Mode>(
    _ component: String, _ rows: [KeyRow<Command, Mode>], _ keymap: Keymap
  ) -> [[Entry]] {
    Mode.allCases.flatMap { mode in
      [
        rows.filter { $0.works(in: mode) && !$0.help.isEmpty },
        rows.filter { $0.modes.contains(mode) },
      ].map { rows in
        rows.flatMap(\.bindings).map { binding in
          let id = CommandID(component, binding.name)
          return Entry(
            id: id, keys: keymap.keys(of: id, standard: binding.keys), standard: binding.keys)
        }
      }
    }
  }
}
