import ArgumentParser
import QueryLanguage
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

struct TranslateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "translate",
    abstract: "Print a query of another language in ours.",
    usage: "otel-tui translate TEXT|-",
    discussion: """
      Reads what the language is from the text:

      \(Tongue.all.map { "  \($0.name):\n    \($0.example)" }.joined(separator: "\n"))

      The same texts can be given to otel-tui query and typed or pasted on the
      screen. Our own language is printed as it is. What is left out is a
      warning; a part without a counterpart is an error.

      Exit status: 0 printed, 2 the text cannot be translated.
      """)

  @Argument(
    help: ArgumentHelp("The text; - is standard input.", valueName: "TEXT"))
  var text: String

  func run() throws {
    var text = text
    if text == "-" {
      text = Self.standardInput(upTo: QueryText.byteLimit + 1)
    }
    do throws(QueryError) {
      let reading = try QueryText.read(text)
      for remark in reading.remarks { Failure.tell("otel-tui: warning: \(remark)\n") }
      try? Output.print(QueryText.print(reading.query))
    } catch {
      var failure = Failure(error, in: text)
      failure.what = QueryText.tongue(of: text)?.name ?? "translate"
      throw failure
    }
  }

  /// Standard input to its end, or as much of it as is asked for.
  private static func standardInput(upTo limit: Int) -> String {
    let text = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while count < limit {
        let more = read(0, buffer.baseAddress.map { $0 + count }, limit - count)
        if more > 0 { count += more } else if more == 0 || errno != EINTR { break }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
