package import QueryLanguage

/// A way to show a trace. It owns what it shows and where a person is in it.
package protocol TraceTab: Sendable {
  static var title: String { get }
  /// What can have the keys on it, in the order of the table of keys; its views are told for the
  /// first of them.
  static var panes: [TraceModel.Pane] { get }
  /// Keys that no other tab has; their commands are ``TraceModel/Command/own(_:)``.
  static var rows: [KeyRow<TraceModel.Command, TraceModel.Pane>] { get }
  /// The fields of a span are beside it.
  static var hasPanel: Bool { get }

  init()

  /// Which of ``panes`` has the keys.
  var pane: TraceModel.Pane { get }
  var isTyping: Bool { get }
  /// Where the person is, in a few words, for the foot of the screen.
  var summary: String { get }

  /// The tab was opened, or spans were added to the trace.
  mutating func receive(_ view: TraceView)

  /// - Returns: nil for a command that is not the tab's.
  mutating func perform(_ command: TraceModel.Command, _ context: Context) -> [Intent]?

  /// The mouse did something to a part of it.
  mutating func point(
    _ pointer: Pointer, at spot: TraceModel.Spot, _ context: Context
  ) -> [Intent]

  mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent]
}

extension TraceTab {
  package static var rows: [KeyRow<TraceModel.Command, TraceModel.Pane>] { [] }
  package static var hasPanel: Bool { false }
  package var isTyping: Bool { false }
  package mutating func point(
    _ pointer: Pointer, at spot: TraceModel.Spot, _ context: Context
  ) -> [Intent] { [] }
  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] { [] }

  /// Where the tab is drawn.
  package static func layout(_ context: Context) -> TracePanes {
    TracePanes(context.body, hasPanel: hasPanel)
  }
}
