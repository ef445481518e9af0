import QueryLanguage
import Screen
package import Telemetry

/// The Trace screen.
package struct TraceModel: ScreenModel {
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

  /// Opens a trace, with the cursor on a span.
  package mutating func open(_ id: TraceID, _ span: SpanID?, _ around: Surroundings) -> [Wish] {
    []
  }
}
