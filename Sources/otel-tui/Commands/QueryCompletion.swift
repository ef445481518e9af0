import Foundation
import QueryLanguage

/// Completes the text of a query in a shell, by the same rules as the Query screen.
///
/// The shell knows no data, so fields are the built-in ones; calculations, keywords and operators are
/// complete.
enum QueryCompletion {
  /// - Parameter prefix: the word being typed, as the shell hands it over.
  /// - Returns: whole texts that may stand in its place.
  static func words(_ prefix: String) -> [String] {
    let quotes = prefix.prefix { $0 == "'" || $0 == "\"" }
    let text = String(prefix.dropFirst(quotes.count))
    let catalog = FieldCatalog(
      fields: BuiltinField.allCases.map { field in
        FieldSummary(name: field.rawValue, place: .automatic, type: field.type, spans: 0)
      })
    let list = Completion.suggest(text, cursor: text.utf8.count, catalog: catalog)
    let bytes = Array(text.utf8)
    let head = String(decoding: bytes[..<list.replace.lowerBound], as: UTF8.self)
    return list.items.map { quotes + head + $0.text } + files(text).map { quotes + $0 }
  }

  /// Files follow the query, and the shell cannot tell where it ends.
  private static func files(_ prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return (names ?? []).map { folder + $0 }.filter { $0.hasPrefix(prefix) }.sorted()
  }
}
