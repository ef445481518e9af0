#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
package import Logging

/// Writes log events into a ``LogFile``, one a line: time, level, label, text, metadata.
///
/// `2026-01-31T12:00:00.123Z warning receiver: port 4317 is in use by another program flag=--grpc`
package struct LogFileHandler: LogHandler {
  private let file: LogFile
  private let label: String
  package var logLevel = Logger.Level.info
  package var metadata: Logger.Metadata = [:]
  /// Not asked: what it would add is not written.
  package var metadataProvider: Logger.MetadataProvider?

  package init(_ file: LogFile, label: String) { (self.file, self.label) = (file, label) }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Adds a line with the machine's time; lost where ``LogFile`` leaves it out.
  package func log(event: LogEvent) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var line = "\(Self.text(time)) \(event.level.rawValue) \(label): \(event.message)"
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
    file.add(line, second: time.tv_sec)
  }

  /// UTC to the millisecond, as RFC 3339 writes it.
  private static func text(_ time: timespec) -> String {
    var seconds = time.tv_sec
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ number: some BinaryInteger, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let date = [
      digits(parts.tm_year + 1900, 4), digits(parts.tm_mon + 1, 2), digits(parts.tm_mday, 2),
    ]
    let clock = [digits(parts.tm_hour, 2), digits(parts.tm_min, 2), digits(parts.tm_sec, 2)]
    return date.joined(separator: "-") + "T" + clock.joined(separator: ":") + "."
      + digits(time.tv_nsec / 1_000_000, 3) + "Z"
  }
}

extension Logger {
  /// Says nothing: for what runs without a log.
  package static let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
}
