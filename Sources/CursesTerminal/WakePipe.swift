#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe to ourselves: other threads and signal handlers end a `poll` by writing a byte to it.
struct WakePipe: Sendable {
  let reading: Int32
  let writing: Int32

  /// What happened, a byte each; a full pipe loses nothing, since somebody is awake then.
  enum Signal: UInt8 {
    case wake = 0x77
    case resized = 0x72
    case stop = 0x7A
    case continued = 0x63
  }

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  func send(_ signal: Signal) { Self.send(signal.rawValue, to: writing) }

  /// Async-signal-safe.
  static func send(_ byte: UInt8, to end: Int32) {
    var byte = byte
    _ = write(end, &byte, 1)
  }

  /// Everything that was sent since the last call.
  func drain() -> Set<Signal> {
    var found: Set<Signal> = []
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(reading, &bytes, bytes.count)
      guard count > 0 else { return found }
      found.formUnion(bytes.prefix(count).compactMap(Signal.init(rawValue:)))
    }
  }
}
