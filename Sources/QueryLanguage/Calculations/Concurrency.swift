extension CalculationKind {
  /// Spans count as long as they run, those that began before the range too.
  package static let concurrency = CalculationKind(
    "CONCURRENCY", .flight, help: "mean number of spans in flight")
}
