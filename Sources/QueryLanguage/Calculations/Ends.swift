extension CalculationKind {
  package static let first = CalculationKind(
    "FIRST", .value, of: .any, help: "value in the earliest span that has the field")
  package static let last = CalculationKind(
    "LAST", .value, of: .any, help: "value in the latest span that has the field")
}
