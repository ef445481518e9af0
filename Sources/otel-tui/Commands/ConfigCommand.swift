import ArgumentParser
import Workspace

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print every setting in force, with what it does and where its value comes from.",
    discussion: """
      What it prints is a settings file that says the same:

        otel-tui config > ~/.config/otel-tui/config.toml

      A value comes from the first of these that has one: an option of the command line,
      a variable OTEL_TUI_NAME of the environment, the settings file, the standard.
      """)

  @OptionGroup var source: SettingsOption

  func run() throws {
    var settings = try source.load()
    // As the screen would take it.
    if let chosen = settings.themeOfScreen(SavedTheme()) {
      settings.theme = chosen
      settings.origins["theme"] = .screen
    }
    try Output.print(
      SettingsListing.text(
        settings, environment: ProcessInfo.processInfo.environment,
        memory: Machine.standardLimit))
  }
}

/// Which settings file.
struct SettingsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("Read the settings from this file instead.", valueName: "FILE"),
    completion: .file(extensions: ["toml"]))
  var config: String?

  func load() throws(Failure) -> Settings {
    try Settings.inForce(file: config, environment: ProcessInfo.processInfo.environment)
  }
}
