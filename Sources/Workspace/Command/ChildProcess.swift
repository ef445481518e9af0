import Dispatch
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A process that this one has started, in a process group of its own, with its output in pipes.
///
/// The group is what signals go to, so that whatever the command starts gets them too. The process
/// is waited for without being reaped until ``release()``: until then its id is nobody else's.
final class ChildProcess: Sendable {
  private let id: pid_t
  /// Ends of pipes to read from; whoever reads them closes them.
  let output: Int32
  let errors: Int32
  private let isReleased = Mutex(false)

  /// Starts a command, found as a shell finds it.
  ///
  /// - Parameters:
  ///   - arguments: the command's name or path first; not empty.
  ///   - inheritsInput: standard input is the program's own; otherwise it is empty.
  /// - Throws: why it cannot be started.
  init(
    _ arguments: [String], environment: [String: String], inheritsInput: Bool
  ) throws(Failure) {
    guard let out = Pipe.open(), let err = Pipe.open() else {
      throw Self.failure(arguments[0], errno)
    }
    defer {
      close(out.writing)
      close(err.writing)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if !inheritsInput { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }
    posix_spawn_file_actions_adddup2(&actions, out.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, err.writing, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    Self.keepDescriptors()
    var started: pid_t = 0
    let problem = Self.withCStrings(arguments) { words in
      Self.withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
        posix_spawnp(&started, arguments[0], &actions, &attributes, words, variables)
      }
    }
    (id, output, errors) = (started, out.reading, err.reading)
    if problem != 0 {
      close(output)
      close(errors)
      throw Self.failure(arguments[0], problem)
    }
    RunningGroup.id = started
  }

  /// Returns when the process has ended; what it started may go on.
  func wait() async -> CommandEnding {
    await withCheckedContinuation { continuation in
      // Waiting blocks: a thread of its own, for tasks share few.
      DispatchQueue(label: "child-process").async { [id] in
        var info = siginfo_t()
        while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        continuation.resume(returning: CommandEnding(info))
      }
    }
  }

  /// Sends a signal to the command and all it has started, unless they have left its group.
  func signal(_ number: Int32) {
    isReleased.withLock { isReleased in
      if !isReleased { kill(-id, number) }
    }
  }

  /// Reaps the process, which must have ended. No signal is sent from here on.
  func release() {
    isReleased.withLock { isReleased in
      guard !isReleased else { return }
      isReleased = true
      RunningGroup.id = 0
      waitpid(id, nil, 0)
    }
  }

  /// What this program has open, ports above all, is not the command's.
  private static func keepDescriptors() {
    for number in 3..<Int32(min(4_096, max(3, sysconf(Int32(_SC_OPEN_MAX))))) {
      let flags = fcntl(number, F_GETFD)
      if flags >= 0 { _ = fcntl(number, F_SETFD, flags | FD_CLOEXEC) }
    }
  }

  private static func failure(_ command: String, _ problem: Int32) -> Failure {
    switch problem {
    case ENOENT:
      Failure(
        .notFound, what: command, why: "no such command",
        hint: "otel-tui run -- COMMAND ARGUMENT …; what a shell would do needs one: sh -c '…'")
    case EACCES:
      Failure(.notExecutable, what: command, why: "is not a program that may be run")
    default: Failure(.notExecutable, what: command, why: String(cString: strerror(problem)))
    }
  }

  /// Pointers to copies of the texts, and one to nothing.
  private static func withCStrings<T>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
  ) -> T {
    let pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
  }
}

/// The process group of the command that runs, for signal handlers, which may not lock.
package enum RunningGroup {
  // One word, written by the thread that starts or reaps the command.
  nonisolated(unsafe) fileprivate static var id: pid_t = 0

  /// Sends a signal on to the command, if one runs. Async-signal-safe.
  package static func pass(_ number: Int32) {
    let id = id
    if id > 0 { kill(-id, number) }
  }
}

/// A pipe whose ends no other process inherits by chance.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  static func open() -> Pipe? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return Pipe(reading: ends[0], writing: ends[1])
  }
}

extension CommandEnding {
  fileprivate init(_ info: siginfo_t) {
    #if canImport(Darwin)
      let status = info.si_status
    #else
      let status = info._sifields._sigchld.si_status
    #endif
    self = info.si_code == CLD_EXITED ? .exited(status) : .killed(signal: status)
  }
}
