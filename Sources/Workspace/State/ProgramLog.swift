import Intake
package import Logging

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

/// `otel-tui.log` in the state folder: what the screen has no room for, or no time. Never the
/// terminal.
///
/// The explorer and `record` write it; commands that answer and end say all they have to say.
package enum ProgramLog {
  /// Kept with the first line, see ``LogFile``.
  package static let path = StateFolder.standard.appendingPathComponent("otel-tui.log").path

  private static let file = LogFile(path)

  /// - Parameter label: who speaks, the first word of a line.
  package static func logger(_ label: String) -> Logger {
    var logger = Logger(label: label) { LogFileHandler(file, label: $0) }
    // Several programs may write to one file.
    logger[metadataKey: "pid"] = "\(getpid())"
    return logger
  }
}
