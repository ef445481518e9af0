import Telemetry
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes to standard output or a file, whole, with an error that says why not.
enum Output {
  /// A reader that went away, as `head` does, is no failure.
  static func print(_ bytes: some ContiguousBytes) throws(Failure) {
    let problem = bytes.withUnsafeBytes { DescriptorWriting.write($0, to: 1) }
    if let problem, problem != EPIPE {
      throw Failure(.input, what: "standard output", why: String(cString: strerror(problem)))
    }
  }

  /// Text for people, safe on any terminal whatever spans put into it.
  static func print(_ text: String) throws(Failure) {
    try print(Array((PlainText.lines(text) + "\n").utf8))
  }

  /// JSON, with what a terminal would obey escaped, which means the same to every reader.
  static func print(json: [UInt8]) throws(Failure) { try print(PlainText.json(json) + [0x0A]) }

  /// Bytes that a file or pipe gets as they are, and a terminal as safe text.
  static func print(raw bytes: [UInt8]) throws(Failure) {
    guard isatty(1) == 1 else { return try print(bytes) }
    try print(Array(PlainText.lines(String(decoding: bytes, as: UTF8.self)).utf8))
  }

  /// Columns to draw in: what `COLUMNS` says, as scripts and `watch` set it, else those of the
  /// terminal on standard output; nil where neither is known.
  static var width: Int? { exportedWidth ?? terminalWidth }

  private static var exportedWidth: Int? {
    ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }.flatMap {
      (20...2_000).contains($0) ? $0 : nil
    }
  }

  private static var terminalWidth: Int? {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
