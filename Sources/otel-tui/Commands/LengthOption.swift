import Telemetry
import Workspace

/// A length of time given on the command line: `30s`, in the spelling of the query language.
enum LengthOption {
  /// - Parameter option: its name, for the error.
  static func read(
    _ text: String, _ option: String, mayBeZero: Bool = false
  ) throws(Failure) -> Nanoseconds {
    let length = Nanoseconds(text: text) ?? (mayBeZero && text == "0" ? .zero : nil)
    if let length, length > .zero || mayBeZero && length == .zero { return length }
    throw Failure(
      .usage, what: "\(option) \(text)", why: "is no length of time",
      hint: "for example 30s or 5m")
  }
}
