package import Screen

/// A row of a keymap: it drives dispatch, the footer, the help and `otel-tui keys`.
package struct KeyRow<Command: Sendable, Pane: KeyPane>: Sendable {
  /// The first is the one shown; the others do the same.
  package var keys: [Key]
  package var command: Command
  /// In the footer: a word or two. Empty: only in the help.
  package var label: String
  /// In the help: a sentence without a final stop.
  package var help: String
  /// Where it works; empty: on the whole screen.
  package var panes: Set<Pane>

  package init(
    _ keys: [Key], _ command: Command, _ label: String, _ help: String, in panes: Set<Pane> = []
  ) {
    self.keys = keys
    self.command = command
    self.label = label
    self.help = help
    self.panes = panes
  }

  package func works(in pane: Pane) -> Bool { panes.isEmpty || panes.contains(pane) }
}

/// A part of a screen that has keys of its own.
package protocol KeyPane: Hashable, Sendable, CaseIterable {
  /// What the table of keys calls it.
  var title: String { get }
}

/// A row as the footer and the help show it, without its command.
package struct KeyLine: Hashable, Sendable {
  package var keys: [Key]
  package var label: String
  package var help: String

  package init(keys: [Key], label: String, help: String) {
    (self.keys, self.label, self.help) = (keys, label, help)
  }
}
