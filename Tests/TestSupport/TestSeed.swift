import Foundation

/// The seed of a random test: a new one each run, the same one in CI, or the one a failure printed.
///
/// A change is judged by what it changes, so CI asks the same questions each time; people's runs go
/// on looking for the one that nobody has asked. `OTEL_TUI_SEED=… swift test` asks it again.
package enum TestSeed {
  package static func next() -> UInt64 {
    let environment = ProcessInfo.processInfo.environment
    if let text = environment["OTEL_TUI_SEED"], let seed = UInt64(text) { return seed }
    return environment["CI"] == nil ? .random(in: 0...(.max)) : 20_260_823
  }
}
