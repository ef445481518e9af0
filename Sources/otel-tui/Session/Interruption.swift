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

/// Whether the person has asked the program to stop, for commands that must finish a file first.
final class Interruption: Sendable {
  private let raised = Atomic(false)
  // Kept alive only; never looked at after `init`.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  init() {
    var sources: [any DispatchSourceSignal] = []
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      signal(number, SIG_IGN)
      sources.append(DispatchSource.makeSignalSource(signal: number, queue: .global()))
    }
    self.sources = sources
    for source in sources {
      source.setEventHandler { [weak self] in self?.raised.store(true, ordering: .relaxed) }
      source.resume()
    }
  }

  var isRaised: Bool { raised.load(ordering: .relaxed) }
}

extension Interruption {
  /// Commands that have nothing to finish end at once, with the status for that. What the parent
  /// ignores stays ignored.
  static func endAtOnce() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { number in
        TemporaryName.removeUnfinished()
        if number == SIGINT { _exit(Failure.Status.interrupted.rawValue) }
        signal(number, SIG_DFL)
        raise(number)
      }
      if let before, unsafeBitCast(before, to: Int.self) == 1 { signal(number, SIG_IGN) }
    }
  }
}
