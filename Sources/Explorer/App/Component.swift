package import Screen
package import Telemetry

/// A part of the program that has keys: a screen, or what lies over one.
///
/// All methods are pure but for the component itself: the same component, context and input give
/// the same component and intents.
package protocol Component: Sendable {
  /// What its keys, menus and items of the palette make it do.
  associatedtype Command: Sendable
  /// What decides which of its keys work: the part that has them, or what is being typed.
  associatedtype Mode: KeyMode
  /// What of it can be pointed at.
  associatedtype Spot: Hashable & Sendable = Never

  /// What its command ids begin with.
  static var name: String { get }

  /// Every key of the component; the first row whose mode and key fit wins.
  static var rows: [KeyRow<Command, Mode>] { get }

  /// The mode it is in.
  var pane: Mode { get }

  /// A text is being typed: printable keys belong to it, and only rows that name the mode work.
  var isTyping: Bool { get }

  mutating func perform(_ command: Command, _ context: Context) -> [Intent]

  /// A key that edits, or a text that was pasted, while `isTyping`.
  mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent]

  /// The mouse did something to a part of it.
  mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent]

  /// A key that is in none of the rows, such as the letter of an item of a menu.
  ///
  /// - Returns: nil when it means nothing here.
  mutating func press(other key: Key, _ context: Context) -> [Intent]?
}

extension Component {
  package var isTyping: Bool { false }
  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] { [] }
  package mutating func press(other key: Key, _ context: Context) -> [Intent]? { nil }
  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    []
  }

  /// The same for a part that may be another component's.
  mutating func point(_ pointer: Pointer, at target: Target, _ context: Context) -> [Intent] {
    (target.value as? Spot).map { point(pointer, at: $0, context) } ?? []
  }

  /// - Returns: nil when the key means nothing here.
  mutating func press(_ key: Key, _ context: Context) -> [Intent]? {
    for row in Self.rows where row.acts(in: pane, isTyping: isTyping) {
      if let command = row.command(of: key, Self.name, context.keymap) {
        return perform(command, context)
      }
    }
    guard isTyping else { return press(other: key, context) }
    return TextEdit(key, context.keymap).map { edit($0, context) } ?? []
  }

  mutating func perform(_ command: AnyCommand, _ context: Context) -> [Intent] {
    (command.command as? Command).map { perform($0, context) } ?? []
  }
}

/// What fills the screen between header and footer.
package protocol ScreenComponent: Component {
  static var id: ScreenID { get }
  /// As the header, the help and the table of keys call it.
  static var title: String { get }
  /// What the table of keys says about it; nil: it has no number key.
  static var summary: String? { get }

  init()

  /// The least time between two refreshes that nobody asked for.
  var refreshInterval: Nanoseconds { get }

  /// The screen was opened, or came back, or its size, time range or spans changed: asks what it
  /// needs now. `isNew` is true when what is on it cannot be right any more.
  mutating func refresh(_ context: Context, isNew: Bool) -> [Intent]

  /// A response to what it asked, which may come when another screen is shown: what a person there
  /// would see of the intents is then left out.
  mutating func receive(_ response: Response, in slot: Slot, _ context: Context) -> [Intent]

  /// How much of the work on a request is done, 0 ..< 1.
  mutating func receive(progress: Double, in slot: Slot)

  /// Comes to every screen, whichever is shown.
  mutating func receive(_ news: News, _ context: Context)

  /// Shows what a destination names that leads here.
  mutating func open(_ destination: Destination, _ context: Context) -> [Intent]

  /// What of it can be written to a file with an ending such as `csv`; nil: nothing of its own.
  func content(named ending: String) -> WriteJob.Content?

  /// Opens the neighbour of the trace that was opened from here.
  mutating func walk(_ step: Int, _ context: Context) -> [Intent]

  /// When what the cursor is on was; nil: it is on nothing that has a time.
  func cursorTime(_ context: Context) -> UnixNanos?
}

extension ScreenComponent {
  package static var name: String { id.name }
  package static var summary: String? { nil }
  package var refreshInterval: Nanoseconds { Freshness.interval }
  package mutating func receive(progress: Double, in slot: Slot) {}
  package mutating func receive(_ news: News, _ context: Context) {}
  package mutating func open(_ destination: Destination, _ context: Context) -> [Intent] { [] }
  package func content(named ending: String) -> WriteJob.Content? { nil }
  package mutating func walk(_ step: Int, _ context: Context) -> [Intent] { [] }
  package func cursorTime(_ context: Context) -> UnixNanos? { nil }
}
