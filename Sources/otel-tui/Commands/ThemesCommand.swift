import ArgumentParser
import Workspace
import Themes

struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List the themes for --theme.")

  func run() throws {
    for name in Theme.builtinNames {
      try Output.print(name == Theme.builtinNames.first ? "\(name) (default)" : name)
    }
    let own = Settings.ownThemes
    for name in own { try Output.print("\(name) (\(Settings.themeFolder))") }
  }
}
