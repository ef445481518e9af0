import QueryLanguage
import Telemetry

extension TraceModel {
  static let notesSlot = Slot(.trace, "notes")

  /// Spans up to which notes are worked out before the first picture: it takes less than a
  /// millisecond then.
  private static let mostAtOnce = 2_000

  /// Looks for what is striking: at once in a small trace, off the main thread in a large one,
  /// which keeps the notes it had until then.
  mutating func askNotes() -> [Wish] {
    guard let view else { return [] }
    guard view.nodes.count > Self.mostAtOnce else {
      receive(notes: TraceNote.all(view))
      return []
    }
    return [.ask(Self.notesSlot, .notes(view))]
  }

  mutating func receive(notes found: [TraceNote]) {
    notes = found
    noteCursor.fit(count: notes.count, page: max(1, notes.count))
    if notes.isEmpty { isNotesOpen = false }
  }
}
