import Foundation
import QueryLanguage
import Telemetry
import Testing

@Suite struct LanguageHelpTests {
  @Test("The list of every word in the document is the one the tables make")
  func document() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("docs/language.md"), encoding: .utf8)
    let parts = text.components(separatedBy: "<!-- language -->")
    try #require(parts.count == 3, "the page stands between two marks")
    #expect(
      parts[1].trimmingCharacters(in: .whitespacesAndNewlines) == LanguageHelp.markdown,
      "write it anew: otel-tui query --language-markdown")
  }

  @Test("Help names every word of the language")
  func words() {
    let words =
      CalculationKind.all.map(\.word) + FunctionKind.all.map(\.word)
      + FilterOperator.allCases.map(\.word) + SpanRelation.allCases.map { $0.rawValue + "(" }
      + BuiltinField.allCases.map(\.rawValue) + QueryClause.allCases.map(\.rawValue)
    for word in words { #expect(LanguageHelp.text.contains(word), "\(word)") }
  }
}
