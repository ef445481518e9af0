package import QueryLanguage
import Screen
import Telemetry

/// The list behind `C`: every field, which of them are columns, found by typing.
package struct FieldChooser: Sendable {
  /// A field of the spans held.
  package struct Item: Hashable, Sendable {
    package var field: FieldRef
    /// `text` for a column that no span held has.
    package var type: FieldType
    /// That have it.
    package var spans: Int
  }

  /// What is typed to find a field.
  package internal(set) var input = TextField()
  /// The fields that match.
  package internal(set) var list = ListModel<Item>()
  private let all: [Item]

  /// Rows shown.
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

  mutating func type(_ edit: (inout TextField) -> Void) {
    edit(&input)
    search()
  }

  private mutating func search() {
    let words = input.text.lowercased().split(separator: " ")
    let found = all.filter { item in
      let name = item.field.name.lowercased()
      return words.allSatisfy { name.contains($0) }
    }
    list = ListModel(found)
  }
}

extension QueryModel {
  mutating func perform(
    _ command: InputCommand, _ old: FieldChooser, _ context: Context
  ) -> [Intent] {
    var chooser = old
    switch command {
    case .leave:
      input = nil
      return askShown(context)
    case .accept, .complete:
      guard let item = chooser.list.current else { return [] }
      tabs[RawTab.self].toggle(item.field, of: query)
    default:
      guard let motion = command.motion else { return [] }
      chooser.list.move(motion, page: FieldChooser.page)
      input = .columns(chooser)
    }
    return []
  }
}
