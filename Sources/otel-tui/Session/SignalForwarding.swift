import Dispatch
import Synchronization
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Gives the signals that the program gets to the command it runs, and counts those that ask for
/// the end: the second means that the command is to be killed.
final class SignalForwarding: Sendable {
  private let asked = Atomic(0)
  private let last = Atomic<Int32>(0)
  // Kept alive only; never looked at after `init`.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  init() {
    var sources: [(number: Int32, source: any DispatchSourceSignal)] = []
    for number in Self.ending + [SIGUSR1, SIGUSR2, SIGCONT] {
      // What the parent ignores stays ignored (`nohup`).
      let before = signal(number, SIG_IGN)
      if let before, unsafeBitCast(before, to: Int.self) == 1 { continue }
      sources.append((number, DispatchSource.makeSignalSource(signal: number, queue: .global())))
    }
    self.sources = sources.map(\.source)
    for (number, source) in sources {
      source.setEventHandler { [weak self] in
        RunningGroup.pass(number)
        guard let self, Self.ending.contains(number) else { return }
        last.store(number, ordering: .relaxed)
        asked.add(1, ordering: .relaxed)
      }
      source.resume()
    }
  }

  /// Asked for the end more than once.
  var isImpatient: Bool { asked.load(ordering: .relaxed) > 1 }

  /// The last signal that asked for the end.
  var signalNumber: Int32? {
    let number = last.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
