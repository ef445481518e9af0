import ArgumentParser
import Explorer

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List every key.")

  @Flag(help: "As Markdown tables.")
  var markdown = false

  func run() throws { try Output.print(markdown ? KeyTable.markdown : KeyTable.text) }
}
