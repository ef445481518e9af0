import Telemetry

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A workspace with a command and nobody in front of it: waits until the run has settled.
package struct HeadlessRun: Sendable {
  /// How a run went.
  package struct Outcome: Sendable {
    package var command: CommandSource.State
    /// The command was ended because a limit was reached.
    package var isStopped: Bool
  }

  private let workspace: Workspace
  private let limits: RunLimits
  private let clock: any WorkspaceClock
  private static let step = Nanoseconds.milliseconds(25)

  package init(
    _ workspace: Workspace, _ limits: RunLimits, clock: any WorkspaceClock = SystemClock()
  ) {
    (self.workspace, self.limits, self.clock) = (workspace, limits, clock)
  }

  /// Starts everything, and returns when nothing more is expected and everything is stopped.
  ///
  /// - Parameter isInterrupted: whether somebody wants the command killed.
  package func run(
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) async -> Outcome {
    workspace.start()
    var settling = RunSettling(limits, start: clock.now)
    var decision = RunSettling.Decision.wait
    while decision != .settled {
      do { try await clock.sleep(for: Self.step) } catch { break }
      var reading = workspace.runReading
      reading.isInterrupted = isInterrupted()
      decision = settling.decide(reading, now: clock.now)
      if decision == .stop {
        await workspace.command?.stop(with: reading.isInterrupted ? SIGKILL : SIGTERM)
      }
    }
    let state = workspace.command?.state ?? .waiting
    await workspace.stop()
    return Outcome(command: state, isStopped: settling.isStopped)
  }
}
