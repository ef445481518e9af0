import QueryLanguage
import Telemetry

/// The fields that the spans of a trace have, for choosing columns, colours and groups.
struct TraceFields: Sendable {
  struct Entry: Sendable {
    var field: FieldRef
    /// Spans that have it.
    var spans: Int
  }

  /// Attributes by name; built-ins that always say something come first.
  private(set) var entries: [Entry] = []

  private static let builtins: [BuiltinField] = [
    .serviceName, .name, .spanKind, .statusCode, .statusMessage, .error, .libraryName, .depth,
    .childCount, .numEvents,
    .startTime, .endTime,
  ]

  init() {}

  /// - Complexity: O(attributes of the trace).
  init(_ view: TraceView) {
    let batch = view.batch
    var counts = [Int](repeating: 0, count: batch.keys.count)
    let resources = batch.resources.map { Set(batch.attributes[$0.attributes.indices].map(\.key)) }
    let scopes = batch.scopes.map { Set(batch.attributes[$0.attributes.indices].map(\.key)) }
    for span in batch.spans {
      for record in batch.attributes[span.attributes.indices] { counts[record.key] += 1 }
      for key in resources[Int(span.resource)] { counts[key] += 1 }
      for key in scopes[Int(span.scope)] { counts[key] += 1 }
    }
    let known = Set(Self.builtins.map(\.rawValue))
    let attributes = counts.indices.filter { counts[$0] > 0 }
      .map { Entry(field: FieldRef(batch.keyText($0)), spans: min(counts[$0], batch.spans.count)) }
      .filter { !known.contains($0.field.name) }
      .sorted { $0.field.name < $1.field.name }
    entries =
      Self.builtins.map { Entry(field: FieldRef($0.rawValue), spans: batch.spans.count) }
      + attributes
  }
}

extension WaterfallTab {
  /// The list behind `F`: columns shown come first, with a mark; choosing one shows or hides it.
  func columnPalette() -> Palette {
    guard let view else { return Palette(items: []) }
    let fields = TraceFields(view).entries
    let offered = TraceColumn.standard + fields.map { .field($0.field) }
    let spans = Dictionary(fields.map { ($0.field, $0.spans) }) { first, _ in first }
    let others = offered.filter { !columns.contains($0) }
    let items = (columns + others).map { column in
      let mark = columns.contains(column) ? "[x] " : "[ ] "
      var note = ""
      if case .field(let field) = column, let count = spans[field] {
        note = Figures.plural(count, "span")
      }
      return Palette.Item(
        text: mark + column.help, keys: note, intent: .trace(.toggleColumn(column)))
    }
    return Palette(title: "Columns", items: items)
  }

  /// The list behind `c`.
  func colorPalette() -> Palette {
    guard let view else { return Palette(items: []) }
    let byService = Palette.Item(text: "service", keys: "", intent: .trace(.colorBy(nil)))
    let items = TraceFields(view).entries.filter { $0.field != .serviceName }.map { entry in
      Palette.Item(
        text: QueryText.print(entry.field), keys: Figures.plural(entry.spans, "span"),
        intent: .trace(.colorBy(entry.field)))
    }
    return Palette(title: "Colour by", items: [byService] + items)
  }

  mutating func toggle(_ column: TraceColumn) -> [Intent] {
    if let index = columns.firstIndex(of: column) {
      columns.remove(at: index)
    } else {
      columns.append(column)
    }
    return (column == .rank ? askRanks() : []) + [.keepColumns(columns)]
  }

  /// The spans with a value of a field, as if they had been searched for.
  mutating func findSame(_ field: FieldRef, _ value: ResultValue, _ context: Context) {
    guard let view else { return }
    let reader = SpanField(field, view)
    let nodes = view.nodes.indices.filter { reader.value($0) == value }.map(Int32.init)
    showFound(nodes, "\(QueryText.print(field)) = \(ValueMenu.text(value))", context)
  }

  mutating func color(by field: FieldRef?) -> [Intent] {
    guard let view, let field else {
      coloring = TraceColoring()
      return [.notice(Notice("coloured by service"))]
    }
    coloring = TraceColoring(field, view)
    let values = Figures.plural(coloring.values.count, "value")
    return [.notice(Notice("coloured by \(field.name): \(values)"))]
  }
}
