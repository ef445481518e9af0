package import Screen

/// The keys of the commands for which a person chose others than the standard ones.
package struct Keymap: Equatable, Sendable {
  private var chosen: [CommandID: [Key]] = [:]

  /// The standard keys.
  package init() {}

  /// The standard keys but for some commands: `trace.next-error` to `Ctrl-n`, `x`.
  ///
  /// No key leaves the command to the palette.
  ///
  /// - Throws: when there is no such command or key, or when a key would mean two things.
  package init(_ table: [String: [String]]) throws(KeymapError) {
    for (text, keys) in table.sorted(by: { $0.key < $1.key }) {
      guard let id = CommandID(text: text), KeyTable.commands.contains(id) else {
        throw .unknownCommand(text)
      }
      chosen[id] = try keys.map { (text) throws(KeymapError) in
        guard let key = Key(text: text) else { throw .unknownKey(id, text) }
        return key
      }
    }
    if let conflict = KeyConflicts.first(in: self, chosen) { throw conflict }
  }

  /// The commands with other keys than the standard ones, by their ids, as ``init(_:)`` reads them.
  package var chosenKeys: [(command: String, keys: [String])] {
    chosen.map { (command: $0.key.description, keys: $0.value.map(\.name)) }
      .sorted { $0.command < $1.command }
  }

  /// The keys of a command whose standard ones are known.
  ///
  /// - Complexity: O(1).
  package func keys(of id: CommandID, standard: [Key]) -> [Key] {
    chosen.isEmpty ? standard : chosen[id] ?? standard
  }
}

/// What is wrong with a table of keys.
package enum KeymapError: Error, Equatable, Sendable {
  /// No command has this id, or it is none.
  case unknownCommand(String)
  /// Of the command that was to have it.
  case unknownKey(CommandID, String)
  /// The key chosen for the first command is the second one's where both work.
  case conflict(CommandID, Key, with: CommandID)
}
