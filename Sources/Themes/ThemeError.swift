/// Why a theme cannot be used.
package struct ThemeError: Error, Hashable, Sendable {
  package var what: String
  package var why: String
  package var hint: String
}
