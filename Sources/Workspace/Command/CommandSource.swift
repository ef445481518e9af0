import Explorer
import Intake
import Logging
import Synchronization
import Telemetry

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The command of `otel-tui run`: starts it once the receiver listens, reads what it prints, and
/// tells how it ended.
package final class CommandSource: Sendable {
  /// How far it is.
  package enum State: Sendable {
    case waiting
    case running
    /// The command has ended; something it started may still hold its output open.
    case ended(CommandEnding)
    /// It could not be started.
    case failed(Failure)

    package var isOver: Bool {
      switch self {
      case .waiting, .running: false
      case .ended, .failed: true
      }
    }
  }

  /// As long as a command that is told to end may take before it is killed, and what it started
  /// when it has ended itself.
  static let grace = (command: Duration.seconds(5), others: Duration.seconds(1))

  let arguments: [String]
  private let clock: any WorkspaceClock
  private let shared = Mutex(Shared())

  private struct Shared {
    var state = State.waiting
    var process: ChildProcess?
    /// Streams of output that are still open.
    var openStreams = 0
    /// No command may start any more.
    var isStopped = false
  }

  init(_ arguments: [String], clock: any WorkspaceClock) {
    (self.arguments, self.clock) = (arguments, clock)
  }

  /// What people call it: `app.py` for `python /srv/app.py`, `npm start`, `go run`.
  package var label: String { Self.label(of: arguments) }

  package static func label(of arguments: [String]) -> String {
    let words = arguments.prefix(2).filter { !$0.hasPrefix("-") }.map(LoadTracker.lastPart)
    let text = PlainText.line(words.joined(separator: " "))
    return text.count > 24 ? text.prefix(23) + "…" : text
  }

  package var state: State { shared.withLock { $0.state } }

  /// Whether the command, or something it started, can still print.
  var isOpen: Bool { shared.withLock { $0.openStreams > 0 || !$0.state.isOver } }

  /// Runs the command and reads its output to the end.
  ///
  /// - Parameter ended: told how it ended, in a sentence.
  func run(
    _ environment: CommandEnvironment, into sink: StoreSink, reporter: FeedReporter,
    ended: @escaping @Sendable (String, _ isSuccess: Bool) -> Void
  ) async {
    guard let process = start(environment, reporter) else { return }
    let start = clock.now
    await withTaskGroup(of: Void.self) { group in
      for (descriptor, name) in [(process.output, "stdout"), (process.errors, "stderr")] {
        let source = PipeSource(taking: descriptor, .command(name))
        group.addTask { [self] in
          do throws(IntakeError) {
            try await source.load(into: sink, counters: sink.counters)
          } catch {
            sink.counters.log.error("\(error.message)")
          }
          shared.withLock { $0.openStreams -= 1 }
          // What it printed last is told now: the next turn of the clock may be far.
          reporter.report()
        }
      }
      group.addTask { [self] in
        let ending = await process.wait()
        let length = Nanoseconds(Int64(clamping: clock.now.sinceEpoch - start.sinceEpoch))
        end(ending, after: length, sink, reporter)
        ended("\(label) \(ending.text)", ending.isSuccess)
      }
    }
  }

  private func start(
    _ environment: CommandEnvironment, _ reporter: FeedReporter
  ) -> ChildProcess? {
    do throws(Failure) {
      return try shared.withLock { (shared) throws(Failure) -> ChildProcess in
        guard !shared.isStopped else {
          throw Failure(.interrupted, what: label, why: "was stopped before it began")
        }
        let process = try ChildProcess(
          arguments, environment: environment.variables, inheritsInput: isatty(0) == 0)
        shared.process = process
        shared.openStreams = 2
        shared.state = .running
        return process
      }
    } catch {
      fail(error, reporter)
      return nil
    }
  }

  /// The command is not started.
  func fail(_ failure: Failure, _ reporter: FeedReporter) {
    shared.withLock { $0.state = .failed(failure) }
    reporter.change { [label] state in
      state.setSource(label, .command, .failed, problem: failure.line)
    }
  }

  private func end(
    _ ending: CommandEnding, after length: Nanoseconds, _ sink: StoreSink, _ reporter: FeedReporter
  ) {
    shared.withLock { $0.state = .ended(ending) }
    sink.note("\(label) \(ending.text) after \(length.short)")
    sink.counters.log.info("\(label) \(ending.text)")
    reporter.change { [label] state in
      state.setSource(
        label, .command, ending.isSuccess ? .ended : .failed,
        problem: ending.isSuccess ? nil : "\(label) \(ending.text)")
    }
  }

  /// Sends a signal to the command and what it has started.
  package func signal(_ number: Int32) { shared.withLock { $0.process }?.signal(number) }

  /// Ends the command: asks it to, waits until it and all that holds its output is gone, and kills
  /// what is left after ``grace``.
  package func stop(with number: Int32 = SIGTERM) async {
    let process = shared.withLock { shared in
      shared.isStopped = true
      return shared.process
    }
    guard let process else { return }
    if isOpen {
      process.signal(number)
      // A stopped process takes no other signal.
      process.signal(SIGCONT)
      await wait(Self.grace.command) { self.state.isOver }
      await wait(Self.grace.others) { !self.isOpen }
    }
    process.signal(SIGKILL)
    _ = await process.wait()
    process.release()
    shared.withLock { $0.process = nil }
  }

  /// Waits by the machine's time, whatever clock the workspace has: processes know no other.
  private func wait(_ length: Duration, until isMet: () -> Bool) async {
    let end = ContinuousClock.now + length
    while !isMet(), ContinuousClock.now < end {
      do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
    }
  }
}
