/// What names a command in a keymap: `trace.next-error`.
package struct CommandID: Hashable, Sendable, CustomStringConvertible {
  /// The component it belongs to: `trace`.
  package let component: String
  /// `next-error`.
  package let name: String

  package init(_ component: String, _ name: String) {
    (self.component, self.name) = (component, name)
  }

  /// - Returns: nil for a text that is no id, known or not.
  package init?(text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(String(parts[0]), String(parts[1]))
  }

  package var description: String { "\(component).\(name)" }
}
