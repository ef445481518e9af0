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
    try Output.print(KeyTable.text(try settings.load().keymap))
  }
}
