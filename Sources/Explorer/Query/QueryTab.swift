package import QueryLanguage
package import Telemetry

/// A way to show what a query yields. It owns what it shows and where a person is in it.
package protocol QueryTab: Sendable {
  static var title: String { get }
  /// What can have the keys on it, in the order of the table of keys.
  static var panes: [QueryModel.Pane] { get }
  /// Keys that no other tab has; their commands are ``QueryModel/Command/own(_:)``.
  static var rows: [KeyRow<QueryModel.Command, QueryModel.Pane>] { get }
  /// Of the question whose answer it shows.
  static var slot: Slot { get }
  /// Of questions on the way to something else, which do not count as running.
  static var sideSlots: [Slot] { get }

  init()

  /// Which of ``panes`` has the keys.
  var pane: QueryModel.Pane { get }
  /// It has a result of its own to be counted beside the tabs and written to files.
  static var hasResult: Bool { get }
  /// Nil until the first answer.
  var result: QueryResult? { get }
  /// When that came.
  var receivedAt: UnixNanos { get }
  /// The field and the value under the cursor.
  var cell: (field: FieldRef, value: ResultValue)? { get }
  var refreshInterval: Nanoseconds { get }
  /// When what the cursor is on was.
  var cursorTime: UnixNanos? { get }

  /// Whether a query can be shown here at all.
  static func shows(_ query: Query) -> Bool

  /// Another query takes the place of the one shown.
  mutating func reset()

  /// Another tab is shown.
  mutating func leave()

  /// What to ask for; nothing where the query cannot be shown here.
  func ask(_ page: QueryPage) -> [Intent]

  /// Responses in ``slot`` and ``sideSlots`` alone.
  mutating func receive(_ response: Response, in slot: Slot, _ page: QueryPage) -> [Intent]

  /// - Returns: nil for a command that is not the tab's.
  mutating func perform(_ command: QueryModel.Command, _ page: QueryPage) -> [Intent]?

  /// The mouse did something to a part of it.
  mutating func point(
    _ pointer: Pointer, at spot: QueryModel.Spot, _ page: QueryPage
  ) -> [Intent]
  /// What the cursor is on, as a selection to be compared with the rest, and a word or two about it;
  /// nil: nothing that could be.
  func comparison(_ page: QueryPage) -> (request: CompareRequest, label: String?)?

  /// Opens the neighbour of the trace that was opened from here.
  mutating func walk(_ step: Int, _ page: QueryPage) -> [Intent]
}

extension QueryTab {
  package static var rows: [KeyRow<QueryModel.Command, QueryModel.Pane>] { [] }
  package static var sideSlots: [Slot] { [] }
  package static var hasResult: Bool { false }
  package var result: QueryResult? { nil }
  package var receivedAt: UnixNanos { .zero }
  package var refreshInterval: Nanoseconds { Freshness.interval }
  package var cursorTime: UnixNanos? { nil }
  package static func shows(_ query: Query) -> Bool { true }
  package mutating func leave() {}
  package mutating func point(
    _ pointer: Pointer, at spot: QueryModel.Spot, _ page: QueryPage
  ) -> [Intent] { [] }
  package func comparison(_ page: QueryPage) -> (request: CompareRequest, label: String?)? { nil }
}

/// What a tab may look at of the screen that it is on.
package struct QueryPage: Sendable {
  /// The one that is asked: that of the builder, narrowed as every screen is.
  package var query: Query
  /// As the builder has it, for changes to it.
  package var shownQuery: Query
  /// The clauses of the query are open, and take room.
  package var isEditing: Bool
  package var context: Context

  /// Rows of a list that fills the tab under a line of titles.
  var listRows: Int {
    QueryPanes(context.body, shownQuery, isEditing: isEditing).listRows
  }
}
