import QueryLanguage
import Screen
import Telemetry

/// The list of past and saved queries, searched by typing.
package struct HistoryPicker: Sendable {
  package internal(set) var input = TextField()
  package internal(set) var cursor = ListCursor()
  /// The entries that match, saved ones first, then the newest.
  package private(set) var found: [HistoryEntry] = []
  private let all: [HistoryEntry]

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
    cursor = ListCursor()
    search()
  }

  package var selected: HistoryEntry? {
    found.indices.contains(cursor.selected) ? found[cursor.selected] : nil
  }

  private mutating func search() {
    let words = input.text.lowercased().split(separator: " ")
    found = all.filter { entry in
      let text = "\(entry.name ?? "") \(entry.text) \(entry.headline)".lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}

extension QueryModel {
  package mutating func receive(history: [HistoryEntry]) { self.history = history }

  mutating func typeHistory(_ key: Key, _ around: Surroundings) -> [Wish] {
    guard let found = picker?.found else { return [] }
    switch key {
    case .escape: picker = nil
    case .enter:
      guard let entry = picker?.selected else { return [] }
      picker = nil
      return run(entry, around)
    case .up: picker?.cursor.move(.up, count: found.count, page: HistoryPicker.page)
    case .down: picker?.cursor.move(.down, count: found.count, page: HistoryPicker.page)
    case .pageUp: picker?.cursor.move(.pageUp, count: found.count, page: HistoryPicker.page)
    case .pageDown: picker?.cursor.move(.pageDown, count: found.count, page: HistoryPicker.page)
    case .tab:
      guard let entry = picker?.selected else { return [] }
      picker = nil
      edit(entry, around)
    default:
      if let edit = TextEdit(key) { picker?.type { $0.edit(edit) } }
    }
    return []
  }

  private mutating func run(_ entry: HistoryEntry, _ around: Surroundings) -> [Wish] {
    do {
      let query = try QueryText.parse(entry.text)
      if !query.isRaw { tab = .results }
      return ask(query, around)
    } catch {
      edit(entry, around)
      return [.notice(Notice(error.headline(in: entry.text), .failure))]
    }
  }

  /// Takes an entry into the editor without running it.
  private mutating func edit(_ entry: HistoryEntry, _ around: Surroundings) {
    draft = QueryDraft(query, at: .whole)
    draft?.whole = TextField(entry.text)
    draft?.complete(around.catalog)
  }

  mutating func typeName(_ key: Key, _ around: Surroundings) -> [Wish] {
    switch key {
    case .escape: name = nil
    case .enter: return saveQuery(around)
    default:
      if let edit = TextEdit(key) { name?.edit(edit) }
    }
    return []
  }

  /// Keeps the query under a name, for `h` and for `otel-tui query @name`.
  private mutating func saveQuery(_ around: Surroundings) -> [Wish] {
    guard let typed = name?.text else { return [] }
    // A shell must be able to take it as one word.
    let words = typed.split { $0.isWhitespace || $0 == "@" }
    guard !words.isEmpty else {
      name = nil
      return [.notice(Notice("not saved: no name given", .warning))]
    }
    let chosen = words.joined(separator: "-")
    name = nil
    let entry = HistoryEntry(
      text: QueryText.print(query), time: around.now, headline: result?.headline ?? "",
      name: chosen)
    history.insert(entry, at: 0)
    return [.remember(entry), .notice(Notice("saved: otel-tui query @\(chosen)"))]
  }
}
