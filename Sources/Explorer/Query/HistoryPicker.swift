import QueryLanguage
import Screen
import Telemetry

/// The list of past and saved queries, searched by typing.
package struct HistoryPicker: Sendable {
  /// What is typed to find an entry.
  package internal(set) var input = TextField()
  /// The entries that match, saved ones first, then the newest.
  package internal(set) var list = ListModel<HistoryEntry>()
  private let all: [HistoryEntry]

  /// Rows shown.
  package static let page = 12

  init(_ history: [HistoryEntry]) {
    // A query asked again and again is one line: its newest.
    var seen: Set<String> = []
    let named = history.filter { $0.name != nil }.filter { seen.insert($0.name ?? "").inserted }
    seen = []
    let others = history.filter { $0.name == nil && seen.insert($0.text).inserted }
    all = named + others
    search()
  }

  mutating func type(_ edit: (inout TextField) -> Void) {
    edit(&input)
    search()
  }

  private mutating func search() {
    let words = input.text.lowercased().split(separator: " ")
    let found = all.filter { entry in
      let text = "\(entry.name ?? "") \(entry.text) \(entry.headline)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    list = ListModel(found)
  }
}

extension QueryModel {
  mutating func perform(
    _ command: InputCommand, _ old: HistoryPicker, _ context: Context
  ) -> [Intent] {
    var picker = old
    switch command {
    case .leave: input = nil
    case .accept:
      guard let entry = picker.list.current else { return [] }
      input = nil
      return run(entry, context)
    case .complete:
      guard let entry = picker.list.current else { return [] }
      edit(entry, context)
    default:
      guard let motion = command.motion else { return [] }
      picker.list.move(motion, page: HistoryPicker.page)
      input = .history(picker)
    }
    return []
  }

  private mutating func run(_ entry: HistoryEntry, _ context: Context) -> [Intent] {
    do {
      let query = try QueryText.parse(entry.text)
      if !query.isRaw { tabs.show(ResultsTab.self) }
      return ask(query.during(context.time), context)
    } catch {
      edit(entry, context)
      return [.notice(Notice(error.headline(in: entry.text), .failure))]
    }
  }

  /// Takes an entry into the editor without running it.
  private mutating func edit(_ entry: HistoryEntry, _ context: Context) {
    var draft = QueryDraft(query, at: .whole, zone: context.clock.textZone)
    draft.whole = TextField(entry.text)
    draft.complete(context.catalog)
    input = .draft(draft)
  }

  mutating func perform(
    _ command: InputCommand, name: TextField, _ context: Context
  ) -> [Intent] {
    switch command {
    case .leave: input = nil
    case .accept: return save(as: name.text, context)
    default: break
    }
    return []
  }

  /// Keeps the query under a name, for `h` and for `otel-tui query @name`.
  private mutating func save(as typed: String, _ context: Context) -> [Intent] {
    input = nil
    // A shell must be able to take it as one word.
    let words = typed.split { $0.isWhitespace || $0 == "@" }
    guard !words.isEmpty else {
      return [.notice(Notice("not saved: no name given", .warning))]
    }
    let chosen = words.joined(separator: "-")
    let entry = HistoryEntry(
      text: QueryText.print(query), time: context.now,
      headline: tabs[ResultsTab.self].result?.headline ?? "",
      name: chosen)
    history.insert(entry, at: 0)
    // It is said to be saved by whoever has done so.
    return [.remember(entry)]
  }
}
