import ArgumentParser
import QueryLanguage
import Telemetry
import Workspace

struct FieldsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields",
    abstract: "List every field: its type, the spans that have it, its commonest values.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @Argument(
    help: ArgumentHelp("Files; - or nothing is standard input.", valueName: "FILE"),
    completion: .file())
  var files: [String] = []

  @Option(help: ArgumentHelp("How to print; of a running program json.", valueName: "FORMAT"))
  var format: Format?

  @OptionGroup var connect: ConnectOption
  @OptionGroup var memory: MemoryOption

  func run() async throws {
    if let program = try connect.program(files: files) {
      guard format != .table else { throw ConnectOption.onlyJSON("table") }
      return try Output.print(json: try await program.get("/api/fields"))
    }
    let loading = try await InputCommand.load(files, memory: memory.limit)
    let catalog: FieldCatalog
    do { catalog = try await loading.backend.catalog() } catch {
      throw Failure(.interrupted, what: "fields", why: "interrupted")
    }
    switch format ?? .table {
    case .json: try Output.print(json: catalog.json().bytes)
    case .table: try Output.print(table: Self.table(catalog, width: Output.width ?? 160))
    }
    try InputCommand.finish(loading.failures)
  }

  private static func table(_ catalog: FieldCatalog, width: Int) -> [String] {
    let head = ["field", "place", "type", "spans", "distinct", "commonest values"]
    let rows = catalog.fields.map { field -> [String] in
      let top = field.top.prefix(5).map { "\(cut(plain($0.value), width)) (\($0.count))" }
      return [
        cut(PlainText.line(field.name), width), field.scope.rawValue, field.type.rawValue,
        String(field.spans),
        String(field.distinct), top.joined(separator: ", "),
      ]
    }
    let widths = (0..<5).map { column in
      // A name wider than this pushes the rest of its own line alone.
      min(([head] + rows).map { $0[column].count }.max() ?? 0, max(24, width / 2))
    }
    return ([head] + rows).map { row in
      var line = ""
      for column in 0..<5 {
        let pad = String(repeating: " ", count: max(0, widths[column] - row[column].count))
        line += column == 3 || column == 4 ? pad + row[column] : row[column] + pad
        line += "  "
      }
      let rest = max(12, width - line.count)
      let values = row[5]
      line += values.count > rest ? String(values.prefix(rest - 1)) + "…" : values
      return line.count > width ? String(line.prefix(width - 1)) + "…" : line
    }
  }

  /// The beginning of a text of megabytes.
  private static func cut(_ text: String, _ width: Int) -> String {
    guard text.utf8.count > width else { return text }
    let beginning = text.prefix(max(1, width - 1))
    return beginning.endIndex == text.endIndex ? text : beginning + "…"
  }

  private static func plain(_ value: ResultValue) -> String {
    switch value {
    case .text(let text): return PlainText.line(text)
    case .time(let time): return InstantText.text(UnixNanos(time))
    case .missing, .bool, .integer, .double, .json:
      var json = JSONWriter()
      json.value(value)
      return PlainText.line(json.text)
    }
  }
}
