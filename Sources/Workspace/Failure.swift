package import Intake
package import QueryLanguage
package import Themes

/// Why the program, a command or a part of the workspace cannot do what was asked: what, why, and
/// what to do next.
package struct Failure: Error {
  /// The exit status of a command that ends so.
  package enum Status: Int32, Sendable {
    /// Nothing was found that answers.
    case nothing = 1
    /// The command line, a query, a theme or a setting is wrong.
    case usage = 2
    /// An input, a port or an output cannot be used.
    case input = 3
    /// As shells have it for a command that is there but cannot be run.
    case notExecutable = 126
    case notFound = 127
    /// 128 + SIGINT, as shells have it.
    case interrupted = 130
  }

  package var status: Status
  /// What it is about: a file, an option, `query`.
  package var what: String
  /// What is wrong with it, in words, without a final stop.
  package var why: String
  /// What the person can do next.
  package var hint: String?

  package init(_ status: Status, what: String, why: String, hint: String? = nil) {
    (self.status, self.what, self.why, self.hint) = (status, what, why, hint)
  }

  /// Exit status 3: an input or a port cannot be used.
  package init(_ error: IntakeError) {
    self.init(.input, what: error.what, why: error.why, hint: error.hint)
  }

  /// Exit status 2 where another name or option would do, 3 where the system refuses.
  package init(_ error: OutputError) {
    let status: Status =
      switch error.cause {
      case .exists, .isInput: .usage
      case .isLocked, .system: .input
      }
    self.init(status, what: error.path, why: error.why, hint: error.hint)
  }

  /// Exit status 2: the person named the theme.
  package init(_ error: ThemeError) {
    self.init(.usage, what: error.what, why: error.why, hint: error.hint)
  }

  /// A query's error, with the word it is about under its text.
  package init(_ error: QueryError, in text: String) {
    self.init(
      .usage, what: "query", why: error.rendered(in: text, hasHint: false), hint: error.hint)
  }

  /// In one line, for a notice.
  package var line: String { hint.map { "\(what): \(why) · \($0)" } ?? "\(what): \(why)" }
}
