import ArgumentParser
import Workspace

/// Prints the manual pages, made from the tables behind `--help`, the keys and the language.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a manual page, as man reads it.", shouldDisplay: false)

  enum Page: String, ExpressibleByArgument, CaseIterable {
    case program = "otel-tui"
    case language = "otel-tui-query"
  }

  @Argument(help: "otel-tui or otel-tui-query.")
  var page = Page.program

  func run() throws {
    switch page {
    case .program:
      try Output.print(ProgramPage.text(try CommandTree(json: Program._dumpHelp())))
    case .language: try Output.print(QueryPage.text)
    }
  }
}
