import Telemetry
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

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
    var text = PlainText.lines(text)
    text.withUTF8 { _ = DescriptorWriting.write(UnsafeRawBufferPointer($0), to: 2) }
  }

  static func exit(with code: Int32) -> Never {
    fflush(nil)
    SystemCall.exit(code)
  }
}
