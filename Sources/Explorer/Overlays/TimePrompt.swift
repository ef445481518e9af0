import QueryLanguage
import Screen
import Telemetry

/// A time range being typed.
package struct TimePrompt: Overlay {
  package enum Command: Equatable, Sendable { case accept, close }

  package private(set) var input: TextField
  /// Why what was typed is no time range.
  package private(set) var fault: String?
  /// Of the instants typed.
  package let zone: String

  init(_ context: Context) {
    zone = context.clock.mode == .utc ? "UTC" : "local time"
    let clause: TimeClause =
      context.seenRange.map { .range(from: .instant($0.start), to: .instant($0.end)) } ?? .all
    let shown = context.time ?? clause
    input = TextField(shown.text(context.clock.textZone))
  }

  package var pane: Everywhere { .any }
  package var isTyping: Bool { true }

  package typealias Spot = Never

  package static let name = "time"

  package static let rows: [KeyRow<Command, Everywhere>] = [
    KeyRow("accept", [.enter], .accept, "use it", "use the time range", in: [.any]),
    KeyRow("close", [.escape], .close, "close", "leave the time range as it is", in: [.any]),
  ]

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    guard command == .accept else { return [.close] }
    do throws(TimeTextError) {
      return [.close, .setTime(try TimeText.parse(input.text, context))]
    } catch {
      fault = error.reason
      return []
    }
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    input.edit(edit)
    fault = nil
    return []
  }
}
