/// Why a theme cannot be used.
package struct ThemeError: Error, Hashable, Sendable {
  /// The theme, with the line where there is one.
  package var what: String
  /// In words, without a final stop.
  package var why: String
  /// What the person can do next.
  package var hint: String
}
