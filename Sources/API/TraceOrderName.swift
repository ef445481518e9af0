import NIOHTTP1
import QueryLanguage

/// The words for orders of traces.
enum TraceOrderName {
  private static let table: [(name: String, order: TraceOrder)] = [
    ("newest", .newest), ("oldest", .oldest), ("slowest", .slowest), ("fastest", .fastest),
    ("spans", TraceOrder(.spans)), ("errors", TraceOrder(.errors)),
    ("services", TraceOrder(.services)),
  ]

  static var names: [String] { table.map(\.name) }

  static func order(_ name: String) throws(APIFailure) -> TraceOrder {
    guard let entry = table.first(where: { $0.name == name }) else {
      throw APIFailure(
        .badRequest, "'\(name.prefix(60))' is no order",
        hint: "one of \(names.joined(separator: ", "))")
    }
    return entry.order
  }
}
