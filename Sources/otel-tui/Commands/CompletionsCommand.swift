import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print the completion script for a shell.")

  @Argument(help: "bash, zsh or fish.")
  var shell: String

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw Failure(
        .usage, what: "completions \(shell)", why: "is no shell that is known",
        hint: "bash, zsh or fish")
    }
    try Output.print(Program.completionScript(for: shell))
  }
}
