import CBuild

/// Which program this is.
enum Version {
  static let number = "0.1.0"

  /// `otel-tui 0.1.0 (commit 1a2b3c4, Swift 6.3.0)`.
  static var text: String {
    let commit = String(cString: build_commit())
    let origin = commit.isEmpty ? "development build" : "commit \(commit)"
    return "otel-tui \(number) (\(origin), Swift \(swift))"
  }

  /// The compiler's, as far as the language tells.
  private static var swift: String {
    #if compiler(>=6.5)
      "6.5 or newer"
    #elseif compiler(>=6.4)
      "6.4"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }
}
