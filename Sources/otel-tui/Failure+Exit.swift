import Foundation
import Telemetry
import Workspace

extension Failure {
  /// As it is told on standard error.
  var text: String {
    "otel-tui: \(PlainText.line(what)): \(why)\n" + (hint.map { "hint: \($0)\n" } ?? "")
  }

  /// Ends the program: on standard error `otel-tui: what: why` and a hint, with its status.
  func exit() -> Never {
    Self.tell(text)
    Self.exit(with: status.rawValue)
  }

  /// Writes to standard error, safe on any terminal whatever names and senders put into it.
  static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(PlainText.lines(text).utf8))
  }

  static func exit(with code: Int32) -> Never {
    fflush(nil)
    Foundation.exit(code)
  }
}
