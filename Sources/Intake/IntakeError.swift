/// Why an input cannot be used, told for whoever named it.
///
/// Renders as `what: why` and a hint. Bad records inside an input are no error; they are counted in
/// its report.
package struct IntakeError: Error, Equatable, Sendable {
  /// What is wrong, for whoever acts on it; people read ``message``.
  package enum Cause: Hashable, Sendable {
    case missing, denied, isFolder, unreadable, portInUse, badAddress, cannotListen
  }

  package var cause: Cause
  /// The input: a path, an address with its flag.
  package var what: String
  /// What is wrong with it, in words, without a final stop.
  package var why: String
  /// What the person can do next.
  package var hint: String?

  package init(_ cause: Cause, what: String, why: String, hint: String? = nil) {
    (self.cause, self.what, self.why, self.hint) = (cause, what, why, hint)
  }

  /// One line without a final stop, fit for a status bar.
  package var message: String { what + ": " + why }
}
