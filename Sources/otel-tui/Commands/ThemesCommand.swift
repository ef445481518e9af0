import ArgumentParser
import Workspace
import Themes

struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List the themes for --theme.")

  func run() throws {
    try Output.print(
      "\(Theme.automaticName) (default: midnight on a dark background, daylight on a light one)")
    for name in Theme.builtinNames { try Output.print(name) }
    let own = Settings.ownThemes
    for name in own { try Output.print("\(name) (\(Settings.themeFolder))") }
  }
}
