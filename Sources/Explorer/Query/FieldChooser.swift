package import QueryLanguage
import Screen
import Telemetry

/// The list behind `C`: every field, which of them are columns, found by typing.
package struct FieldChooser: Sendable {
  package struct Item: Hashable, Sendable {
    package var field: FieldRef
    package var type: FieldType
    package var spans: Int
  }

  package internal(set) var input = TextField()
  package internal(set) var cursor = ListCursor()
  package private(set) var found: [Item] = []
  private let all: [Item]

  package static let page = 14

  /// Columns come first, in their order; then the fields that most spans have.
  init(_ catalog: FieldCatalog, columns: [FieldRef]) {
    var seen: Set<FieldRef> = []
    let fields = catalog.fields.map { summary in
      Item(field: FieldRef(summary.name), type: summary.type, spans: summary.spans)
    }.filter { seen.insert($0.field).inserted }
    let known = Dictionary(fields.map { ($0.field, $0) }) { first, _ in first }
    let chosen = columns.map {
      known[$0] ?? Item(field: $0, type: $0.builtin?.type ?? .text, spans: 0)
    }
    let others = fields.filter { !columns.contains($0.field) }
      .sorted { ($1.spans, $0.field.name) < ($0.spans, $1.field.name) }
    all = chosen + others
    search()
  }

  package var selected: Item? {
    found.indices.contains(cursor.selected) ? found[cursor.selected] : nil
  }

  mutating func type(_ edit: (inout TextField) -> Void) {
    edit(&input)
    cursor = ListCursor()
    search()
  }

  private mutating func search() {
    let words = input.text.lowercased().split(separator: " ")
    found = all.filter { item in
      let name = item.field.name.lowercased()
      return words.allSatisfy { name.contains($0) }
    }
  }
}

extension QueryModel {
  mutating func typeColumns(_ key: Key, _ around: Surroundings) -> [Wish] {
    guard let found = chooser?.found else { return [] }
    switch key {
    case .escape:
      chooser = nil
      return askRaw(around, isByPerson: true)
    case .enter, .tab:
      guard let item = chooser?.selected else { return [] }
      raw.toggle(item.field, of: query)
      return []
    case .up: chooser?.cursor.move(.up, count: found.count, page: FieldChooser.page)
    case .down: chooser?.cursor.move(.down, count: found.count, page: FieldChooser.page)
    case .pageUp: chooser?.cursor.move(.pageUp, count: found.count, page: FieldChooser.page)
    case .pageDown: chooser?.cursor.move(.pageDown, count: found.count, page: FieldChooser.page)
    default:
      if let edit = TextEdit(key) { chooser?.type { $0.edit(edit) } }
    }
    return []
  }
}
