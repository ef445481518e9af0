import Foundation
import Intake
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry

/// Completes the text of a query in a shell, by the same rules as the Query screen.
///
/// Files already named on the line give their fields and values; without any, fields are the
/// built-in ones. Calculations, keywords and operators are complete either way.
enum QueryCompletion {
  /// Bytes of files read for their fields; more would make the Tab key wait.
  private static let largest = 64 << 20

  /// - Parameters:
  ///   - prefix: the word being typed, as the shell hands it over.
  ///   - index: where that word is in `line`.
  ///   - line: every word of the command line.
  /// - Returns: whole texts that may stand in its place.
  static func words(_ prefix: String, at index: Int, of line: [String]) async -> [String] {
    let quotes = prefix.prefix { $0 == "'" || $0 == "\"" }
    let text = String(prefix.dropFirst(quotes.count))
    let others = line.indices.filter { $0 > 0 && $0 != index }.map { line[$0] }
    let catalog = await catalog(of: others) ?? builtins
    let list = Completion.suggest(text, cursor: text.utf8.count, catalog: catalog)
    let bytes = Array(text.utf8)
    let head = String(decoding: bytes[..<list.replace.lowerBound], as: UTF8.self)
    return list.items.map { quotes + head + $0.text } + files(text).map { quotes + $0 }
  }

  private static var builtins: FieldCatalog {
    FieldCatalog(
      fields: BuiltinField.allCases.map { field in
        FieldSummary(name: field.rawValue, place: .automatic, type: field.type, spans: 0)
      })
  }

  /// The fields of those words that are files; nil when none is, or none holds a span.
  private static func catalog(of words: [String]) async -> FieldCatalog? {
    var size = 0
    let named = words.filter { word in
      let attributes = try? FileManager.default.attributesOfItem(atPath: word)
      guard attributes?[.type] as? FileAttributeType == .typeRegular else { return false }
      size += attributes?[.size] as? Int ?? largest
      return size < largest
    }
    guard !named.isEmpty else { return nil }
    let store = SpanStore(limit: Machine.standardLimit)
    let sink = StoreSink(store)
    for file in named { try? await FileSource(file).load(into: sink, counters: sink.counters) }
    store.finish()
    guard sink.counters.totals.spans > 0 else { return nil }
    return try? await LocalBackend { store.snapshot() }.catalog()
  }

  /// Files follow the query, and the shell cannot tell where it ends.
  private static func files(_ prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return (names ?? []).map { folder + $0 }.filter { $0.hasPrefix(prefix) }.sorted()
  }
}
