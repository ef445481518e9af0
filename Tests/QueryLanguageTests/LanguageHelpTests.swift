import QueryLanguage
import Telemetry
import Testing

@Suite struct LanguageHelpTests {
  @Test("Help names every word of the language")
  func words() {
    let words =
      CalculationKind.all.map(\.word) + FunctionKind.all.map(\.word)
      + FilterOperator.allCases.map(\.word) + SpanRelation.allCases.map { $0.rawValue + "(" }
      + BuiltinField.allCases.map(\.rawValue) + QueryClause.allCases.map(\.rawValue)
    for word in words { #expect(LanguageHelp.text.contains(word), "\(word)") }
  }
}
