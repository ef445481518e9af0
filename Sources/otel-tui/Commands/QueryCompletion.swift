import ArgumentParser
import QueryLanguage
import Telemetry
import Workspace

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
  /// - Returns: whole texts that may replace it.
  static func words(_ prefix: String, at index: Int, of line: [String]) async -> [String] {
    let word = word(prefix, at: index, of: line)
    let quotes = word.prefix { $0 == "'" || $0 == "\"" }
    let text = String(word.dropFirst(quotes.count))
    let others = line.indices.filter { $0 > 0 && $0 != index }.map { line[$0] }
    let catalog = await catalog(of: others) ?? builtins
    let list = Completion.suggest(text, cursor: text.utf8.count, catalog: catalog)
    let bytes = Array(text.utf8)
    let head = String(decoding: bytes[..<list.replace.lowerBound], as: UTF8.self)
    // A shell puts what the candidates begin with in place of the word: one that merely contains
    // the word would take typed letters away.
    let candidates = list.items.map { head + $0.text }
      .filter { $0.lowercased().hasPrefix(text.lowercased()) }
    // Values come from spans, that is from anybody; a shell shows them before anyone agrees.
    let all = (candidates + files(text)).filter { word in
      !word.unicodeScalars.contains(where: PlainText.isUnsafe)
    }
    // Bash and zsh take the opening quote off the word before they compare.
    if CompletionShell.requesting == .bash { return all.map { escapedForBash($0) } }
    if CompletionShell.requesting == .zsh { return all }
    return all.map { quotes + $0 }
  }

  /// Bash expands the words it is offered (`compgen -W`), command substitutions included; values
  /// come from spans, that is from anybody, and must stay letters.
  private static func escapedForBash(_ text: String) -> String {
    String(text.flatMap { #"\'"$`"#.contains($0) ? ["\\", $0] : [$0] })
  }

  /// The word to complete. With words behind it, scripts hand over the beginning of the last one
  /// as `prefix`; then it is the whole of its own word, which is being edited at its end.
  private static func word(_ prefix: String, at index: Int, of line: [String]) -> String {
    // The script for zsh miscounts the letters of a word whose quote is still open.
    let isWhole = index < line.count - 1 || CompletionShell.requesting == .zsh
    guard line.indices.contains(index), isWhole else { return prefix }
    var word = line[index]
    if let quote = word.first, quote == "'" || quote == "\"", word.count > 1, word.last == quote {
      word.removeLast()
    }
    return word
  }

  private static var builtins: FieldCatalog {
    FieldCatalog(
      fields: BuiltinField.allCases.map { field in
        FieldSummary(name: field.rawValue, scope: .automatic, type: field.type, spans: 0)
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
    var loading = InputLoading(named, memory: Machine.standardLimit)
    try? await loading.run()
    guard loading.emptiness == nil else { return nil }
    return try? await loading.backend.catalog()
  }

  /// Files follow the query, and the shell cannot tell where it ends.
  private static func files(_ prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return (names ?? []).map { folder + $0 }.filter { $0.hasPrefix(prefix) }.sorted()
  }
}
