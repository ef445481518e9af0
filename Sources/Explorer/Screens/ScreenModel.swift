package import Screen

/// What a screen is to the program: its keys, and what it does with them and with answers.
///
/// All methods are pure but for the model itself: the same model, surroundings and input give the
/// same model and wishes.
package protocol ScreenModel: Sendable {
  associatedtype Command: Sendable
  /// The part of the screen that has the keys.
  associatedtype Pane: KeyPane

  /// Every key of the screen; the first row whose pane and key fit wins.
  static var rows: [KeyRow<Command, Pane>] { get }

  var pane: Pane { get }

  /// A text is being typed: printable keys belong to it, no shortcut fires.
  var isTyping: Bool { get }

  mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish]
  /// A key while `isTyping`.
  mutating func type(_ key: Key, _ around: Surroundings) -> [Wish]
  mutating func paste(_ text: String, _ around: Surroundings) -> [Wish]

  /// The screen was opened, or came back, or its size, time range or spans changed: asks what it
  /// needs now. `isNew` is true when what is on it cannot be right any more.
  mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish]

  mutating func receive(_ answer: Answer, in slot: Slot, _ around: Surroundings) -> [Wish]
}

extension ScreenModel {
  package var isTyping: Bool { false }
  package mutating func type(_ key: Key, _ around: Surroundings) -> [Wish] { [] }
  package mutating func paste(_ text: String, _ around: Surroundings) -> [Wish] { [] }
}
