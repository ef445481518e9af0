import ArgumentParser
import Workspace

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print the completion script for a shell.",
    discussion: """
        bash:  source <(otel-tui completions bash)           in ~/.bashrc
        zsh:   source <(otel-tui completions zsh)            in ~/.zshrc
        fish:  otel-tui completions fish | source            in config.fish
      """)

  @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw Failure(
        .usage, what: "completions \(shell)", why: "is no shell that is known",
        hint: "bash, zsh or fish")
    }
    var script = Program.completionScript(for: shell)
    if shell == .bash {
      // Files open without a command, so that where no command fits a file may.
      script = script.replacing("complete -o filenames", with: "complete -o default -o filenames")
    }
    try Output.print(script)
  }
}
