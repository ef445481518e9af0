package import QueryLanguage
import Screen
import Telemetry

/// The Query screen.
package struct QueryModel: ScreenModel {
  package enum Command: Equatable, Sendable { case move(Motion) }
  package enum Pane: Hashable, Sendable { case list }

  package static let rows: [KeyRow<Command, Pane>] = [
    KeyRow([.down, .character("j")], .move(.down), "", "down"),
    KeyRow([.up, .character("k")], .move(.up), "", "up"),
  ]

  package var pane: Pane { .list }

  package init() {}

  package mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish] { [] }

  package mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish] { [] }

  package mutating func receive(
    _ answer: Answer, in slot: Slot, _ around: Surroundings
  ) -> [Wish] { [] }

  /// Shows and runs a query from elsewhere.
  package mutating func open(_ query: Query, _ around: Surroundings) -> [Wish] { [] }

  /// Changes the query by a value chosen anywhere, and runs it.
  package mutating func apply(_ edit: QueryEdit, _ around: Surroundings) -> [Wish] { [] }

  package mutating func receive(history: [HistoryEntry]) {}
}
