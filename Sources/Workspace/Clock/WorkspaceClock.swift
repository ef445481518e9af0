package import Telemetry

/// The time a workspace lives by: the machine's, or a test's that stands still until it is moved.
package protocol WorkspaceClock: Sendable {
  /// What the clock on the wall says.
  var now: UnixNanos { get }

  /// Returns after this long.
  ///
  /// - Throws: `CancellationError` soon after the task is cancelled.
  func sleep(for length: Nanoseconds) async throws
}

/// The machine's clock.
package struct SystemClock: WorkspaceClock {
  package init() {}

  /// May be set back; sleeping does not go by it.
  package var now: UnixNanos { Machine.now }

  package func sleep(for length: Nanoseconds) async throws {
    try await Task.sleep(for: .nanoseconds(length.count))
  }
}
