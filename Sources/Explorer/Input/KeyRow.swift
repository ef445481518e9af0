package import Screen

/// A row of a table of keys: it drives dispatch, the footer, the help and `otel-tui keys`.
package struct KeyRow<Command: Sendable, Mode: KeyMode>: Sendable {
  /// A command and its standard keys.
  package struct Binding: Sendable {
    /// Of the command, within its component.
    package var name: String
    /// The first is the one shown; the others do the same.
    package var keys: [Key]
    package var command: Command

    package init(_ name: String, _ keys: [Key], _ command: Command) {
      (self.name, self.keys, self.command) = (name, keys, command)
    }
  }

  /// More than one where a line about them all says enough.
  package var bindings: [Binding]
  /// In the footer: a word or two. Empty: only in the help.
  package var label: String
  /// In the help: a sentence without a final stop. Empty: it goes without saying.
  package var help: String
  /// Where it works; empty: on the whole component.
  package var modes: Set<Mode>

  /// - Parameter keys: the first is the one shown; the others do the same.
  package init(
    _ name: String, _ keys: [Key], _ command: Command, _ label: String = "", _ help: String = "",
    in modes: Set<Mode> = []
  ) {
    self.init([Binding(name, keys, command)], label, help, in: modes)
  }

  package init(
    _ bindings: [Binding], _ label: String = "", _ help: String = "", in modes: Set<Mode> = []
  ) {
    (self.bindings, self.label, self.help, self.modes) = (bindings, label, help, modes)
  }

  /// Whether it is told there.
  package func works(in mode: Mode) -> Bool { modes.isEmpty || modes.contains(mode) }

  /// Whether it acts there: where a text is typed a row must name the mode.
  package func acts(in mode: Mode, isTyping: Bool) -> Bool {
    isTyping ? modes.contains(mode) : works(in: mode)
  }

  /// The command of a key, as a person's keymap has it; nil when it is none of the row's.
  package func command(of key: Key, _ component: String, _ keymap: Keymap) -> Command? {
    bindings.first { binding in
      keymap.keys(of: CommandID(component, binding.name), standard: binding.keys).contains(key)
    }?.command
  }

  /// All its keys.
  package func keys(_ component: String, _ keymap: Keymap) -> [Key] {
    bindings.flatMap {
      keymap.keys(of: CommandID(component, $0.name), standard: $0.keys)
    }
  }
}

extension KeyRow {
  // Of rows with a single command.
  var name: String { bindings[0].name }
  var keys: [Key] { bindings[0].keys }
  /// Of the first binding: for rows that have only one.
  package var command: Command { bindings[0].command }
}

/// A part of a component that has keys of its own.
package protocol KeyMode: Hashable, Sendable, CaseIterable {
  /// What the table of keys calls it.
  var title: String { get }
}

/// The mode of what has no more than one.
package enum Everywhere: KeyMode {
  case any

  package var title: String { "" }
}

/// A row as the footer and the help show it, without its commands.
package struct KeyLine: Hashable, Sendable {
  /// The one shown comes first; empty where a person gave the command no key.
  package var keys: [Key]
  /// A word or two; empty: it is not in the footer.
  package var label: String
  /// A sentence without a final stop; empty: it is not in the help.
  package var help: String

  package init(keys: [Key], label: String, help: String) {
    (self.keys, self.label, self.help) = (keys, label, help)
  }
}
