import QueryLanguage

/// The list of what is striking about a trace; while it is open it has the position and the keys of
/// the panel.
package struct TraceNotes: Sendable {
  /// The gravest first.
  package private(set) var list = ListModel<TraceNote>()
  package private(set) var isOpen = false

  package static let slot = Slot(TraceModel.id, "notes")

  /// Spans up to which notes are worked out before the first picture: it takes less than a
  /// millisecond then.
  private static let mostAtOnce = 2_000

  init() {}

  /// Looks for what is striking: at once in a small trace, off the main thread in a large one,
  /// which keeps the notes it had until then.
  mutating func ask(_ view: TraceView) -> [Intent] {
    guard view.nodes.count > Self.mostAtOnce else {
      receive(TraceNote.all(view))
      return []
    }
    return [.ask(Self.slot, .notes(view))]
  }

  mutating func receive(_ found: [TraceNote]) {
    list.receive(found, by: \.text, anchor: .row, page: max(1, found.count))
    if found.isEmpty { isOpen = false }
  }

  /// A click selects a note, two are Enter, the wheel goes through them.
  mutating func point(_ pointer: Pointer, at index: Int) -> [Intent] {
    let page = max(1, list.count)
    switch pointer.gesture {
    case .wheel(let rows): list.move(rows > 0 ? .down : .up, page: page)
    case .click, .doubleClick:
      list.select(index, page: page)
      if pointer.gesture == .doubleClick { return [.enter] }
    case .drag, .drop: break
    }
    return []
  }

  mutating func close() { isOpen = false }

  mutating func toggle() -> [Intent] {
    if !isOpen, list.isEmpty { return [.notice(Notice("nothing striking about this trace"))] }
    isOpen.toggle()
    return []
  }

  /// - Returns: nil for a command that is not one of the list.
  mutating func perform(_ command: TraceModel.Command) -> [Intent]? {
    switch command {
    case .move(let motion): list.move(motion, page: max(1, list.count))
    case .open:
      guard let note = list.current else { return [] }
      isOpen = false
      return [.trace(.showFound(note.nodes, note.kind.title))]
    default: return nil
    }
    return []
  }
}
