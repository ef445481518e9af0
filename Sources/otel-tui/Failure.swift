import Foundation
import Intake
import QueryLanguage
import Themes

/// Why a command ended: on standard error as `otel-tui: what: why` and a hint, with its status.
struct Failure: Error {
  enum Status: Int32 {
    case nothing = 1
    case usage = 2
    case input = 3
    case interrupted = 130
  }

  var status: Status
  var what: String
  var why: String
  var hint: String?

  init(_ status: Status, what: String, why: String, hint: String? = nil) {
    (self.status, self.what, self.why, self.hint) = (status, what, why, hint)
  }

  init(_ error: IntakeError) {
    self.init(.input, what: error.what, why: error.why, hint: error.hint)
  }

  init(_ error: ThemeError) {
    self.init(.usage, what: error.what, why: error.why, hint: error.hint)
  }

  /// A query's error, with the place under its text.
  init(_ error: QueryError, in text: String) {
    self.init(
      .usage, what: "query", why: error.rendered(in: text, hasHint: false), hint: error.hint)
  }

  func exit() -> Never {
    var text = "otel-tui: \(what): \(why)\n"
    if let hint { text += "hint: \(hint)\n" }
    Self.tell(text)
    Self.exit(with: status.rawValue)
  }

  static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  static func exit(with code: Int32) -> Never {
    fflush(nil)
    Foundation.exit(code)
  }
}
