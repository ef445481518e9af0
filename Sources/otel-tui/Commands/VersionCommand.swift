import ArgumentParser

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Say version, commit and Swift.")

  func run() throws { try Output.print(Version.text) }
}
