/// What names a screen. Each screen says its own where it is defined.
package struct ScreenID: Hashable, Sendable {
  /// What its command ids begin with.
  package let name: String

  /// - Parameter name: a word in lower case; command ids begin with it.
  package init(_ name: String) { self.name = name }
}
