import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What a signal handler needs to leave the terminal as it was found. Plain globals: a handler may
// neither lock nor allocate. Safe because they are written on the main thread before any handler
// is installed, apart from `isTaken`, a flag whose worst race is that the same bytes are sent twice.
nonisolated(unsafe) private var device: Int32 = -1
nonisolated(unsafe) private var wakeEnd: Int32 = -1
nonisolated(unsafe) private var isTaken = false
nonisolated(unsafe) private var foundModes = termios()
nonisolated(unsafe) private var restoreText: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var restoreTextCount = 0
nonisolated(unsafe) private var obituary: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var obituaryCount = 0
nonisolated(unsafe) private var crashLog: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var crashLine: UnsafeMutablePointer<UInt8>?
nonisolated(unsafe) private var crashLineCount = 0
nonisolated(unsafe) private var passOn: (@convention(c) (Int32) -> Void)?

/// Signals that end the program or stop it, and how the terminal is given back first.
enum TerminalRestore {
  /// Signals whose default ends the program, sent by people and by limits they set.
  static let leaving = [
    SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ, SIGVTALRM,
    SIGPROF,
  ]
  /// Signals that a fault of the program raises.
  static let crashing = [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSYS]

  /// Remembers the terminal's modes as they are now and catches signals; call before curses
  /// starts, which then installs none of its own.
  static func prepare(fd: Int32, wake: Int32) {
    device = fd
    wakeEnd = wake
    _ = tcgetattr(fd, &foundModes)
    if obituary == nil {
      (obituary, obituaryCount) = copied(
        "otel-tui: crashed: this is a bug of the program; the terminal is as it was\r\n")
    }
    // A fault by stack overflow has no stack left for its handler.
    let size = 64 * 1024
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    _ = sigaltstack(&stack, nil)
    // The first call loads what it needs, which a handler may not.
    backtrace_to(-1)
    for signal in leaving { catching(signal, leave) }
    for signal in crashing { catching(signal, crash) }
    catching(SIGWINCH) { _ in WakePipe.send(WakePipe.Signal.resized.rawValue, to: wakeEnd) }
    catching(SIGCONT) { _ in WakePipe.send(WakePipe.Signal.continued.rawValue, to: wakeEnd) }
    catchStop()
  }

  /// A signal that ends the program is given to this first, which must be async-signal-safe.
  static func passSignals(to handler: @escaping @convention(c) (Int32) -> Void) {
    passOn = handler
  }

  /// A crash adds a line to this file, if it exists by then.
  static func logCrashes(to path: String) {
    (crashLog, _) = copied(path + "\0")
    // The digits are put in when the signal is known; a handler cannot ask what time it is in words.
    (crashLine, crashLineCount) = copied("error program: crashed by signal 00\n")
  }

  static func catchStop() {
    catching(SIGTSTP) { _ in WakePipe.send(WakePipe.Signal.stop.rawValue, to: wakeEnd) }
  }

  /// The terminal is ours from here on; `restoring` undoes what curses and we switched on.
  static func take(restoring: String) {
    let old = restoreText
    (restoreText, restoreTextCount) = copied(restoring)
    old?.deallocate()
    isTaken = true
  }

  /// Somebody gave it back already.
  static func released() { isTaken = false }
  static func taken() { isTaken = true }

  /// The modes as they were found: what curses leaves behind is made exact.
  static func restoreModes() {
    var modes = foundModes
    _ = tcsetattr(device, TCSADRAIN, &modes)
  }

  /// Stops the process as Ctrl-Z does; returns when it goes on.
  static func stop() {
    // The main actor may run on a thread of the dispatch library, which blocks this signal: it
    // would stay pending, and nothing would stop.
    var stopping = sigset_t()
    var old = sigset_t()
    sigemptyset(&stopping)
    sigaddset(&stopping, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &stopping, &old)
    signal(SIGTSTP, SIG_DFL)
    raise(SIGTSTP)
    catchStop()
    pthread_sigmask(SIG_SETMASK, &old, nil)
  }

  private static func copied(_ text: String) -> (UnsafeMutablePointer<UInt8>, Int) {
    let bytes = Array(text.utf8)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    copy.initialize(from: bytes, count: bytes.count)
    return (copy, bytes.count)
  }

  /// Leaves alone what the parent told us to ignore (`nohup`).
  private static func catching(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void)
  {
    var old = sigaction()
    sigaction(signal, nil, &old)
    #if canImport(Glibc)
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }
    #else
      if unsafeBitCast(old.__sigaction_u.__sa_handler, to: Int.self) == 1 { return }
    #endif
    var new = sigaction()
    #if canImport(Glibc)
      new.__sigaction_handler.sa_handler = handler
    #else
      new.__sigaction_u.__sa_handler = handler
    #endif
    new.sa_flags = Int32(SA_ONSTACK) | Int32(SA_RESTART)
    sigaction(signal, &new, nil)
  }
}

/// Async-signal-safe: `write` and `tcsetattr` only.
private func giveBack() {
  guard isTaken, device >= 0 else { return }
  isTaken = false
  if let restoreText { _ = write(device, restoreText, restoreTextCount) }
  _ = tcsetattr(device, TCSANOW, &foundModes)
}

/// Gives the terminal back and dies of the same signal, so that the parent sees which. Of Ctrl-C it
/// sees the status that every command has for it.
private func leave(_ number: Int32) {
  giveBack()
  passOn?(number)
  if number == SIGINT { _exit(128 + number) }
  signal(number, SIG_DFL)
  raise(number)
}

/// Async-signal-safe: `open`, `write`, and a backtrace whose library is loaded.
private func logCrash(_ number: Int32) {
  guard let crashLog, let crashLine else { return }
  crashLine[crashLineCount - 3] = UInt8(48 + number / 10 % 10)
  crashLine[crashLineCount - 2] = UInt8(48 + number % 10)
  let path = UnsafeRawPointer(crashLog).assumingMemoryBound(to: CChar.self)
  let log = open(path, O_WRONLY | O_APPEND | O_NONBLOCK)
  guard log >= 0 else { return }
  _ = write(log, crashLine, crashLineCount)
  backtrace_to(log)
}

private func crash(_ number: Int32) {
  let wasTaken = isTaken
  giveBack()
  if wasTaken, let obituary { _ = write(STDERR_FILENO, obituary, obituaryCount) }
  logCrash(number)
  signal(number, SIG_DFL)
  raise(number)
}
