#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Where the history, the columns and the log are kept.
package enum StateFolder {
  /// `$XDG_STATE_HOME/otel-tui`, or `~/.local/state/otel-tui`.
  package static var standard: URL {
    base("XDG_STATE_HOME", or: ".local/state").appendingPathComponent("otel-tui")
  }

  /// The folder a variable names, or one below the home folder that `HOME` names.
  static func base(_ variable: String, or below: String) -> URL {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment[variable], !path.isEmpty { return URL(fileURLWithPath: path) }
    return home.appendingPathComponent(below)
  }

  /// The folder that `HOME` names, else the person's as the system knows it.
  static var home: URL {
    let named = ProcessInfo.processInfo.environment["HOME"] ?? ""
    return named.isEmpty
      ? FileManager.default.homeDirectoryForCurrentUser : URL(fileURLWithPath: named)
  }

  /// - Throws: when the folder cannot be made.
  static func make(_ folder: URL) throws(Failure) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.input, what: folder.path, why: "cannot be made: \(reason(error))")
    }
  }

  /// The system's word for what went wrong, where it has one.
  static func reason(_ error: any Error) -> String {
    if let posix = (error as? CocoaError)?.underlying as? POSIXError {
      return String(cString: strerror(posix.code.rawValue))
    }
    return String(describing: error)
  }
}
