import ArgumentParser
import Explorer
import Workspace

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List every key, with the ids that [keys] of the settings takes."
  )

  @Flag(help: "As Markdown tables.")
  var markdown = false

  @OptionGroup var settings: SettingsOption

  func run() throws {
    if markdown { return try Output.print(KeyTable.markdown) }
    let text = KeyTable.text(try settings.load().keymap)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try Output.print(lines) { _, line in
      guard line.hasPrefix(" ") else { return [(line, .heading)] }
      let (keys, rest) = Output.columns(line)
      return [(keys, .name), (rest, nil)]
    }
  }
}
