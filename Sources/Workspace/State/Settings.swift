package import Explorer
import Foundation

/// What the person's settings file says: `$XDG_CONFIG_HOME/otel-tui/config.toml`. Nil where it says
/// nothing.
package struct Settings: Sendable {
  /// The name of a theme; nil: not set, as for the others.
  package var theme: String?
  /// Whether to draw with ASCII characters alone.
  package var isASCII: Bool?
  /// What spans may take, as ``ByteCount/init(text:)`` reads it; not checked here.
  package var memory: String?
  /// False: the mouse is the terminal's.
  package var hasMouse: Bool?
  /// False: quitting asks nothing, even when spans would be lost.
  package var confirmsQuit: Bool?
  /// The keys a person chose.
  package var keymap = Keymap()

  package init() {}

  /// `$XDG_CONFIG_HOME/otel-tui`, or `~/.config/otel-tui`.
  package static var folder: String {
    StateFolder.base("XDG_CONFIG_HOME", or: ".config").appendingPathComponent("otel-tui").path
  }

  /// Where a person's own themes are, `NAME.toml` each; need not be there.
  package static var themeFolder: String { folder + "/themes" }

  /// Themes of the person's own.
  package static var ownThemes: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: themeFolder)) ?? []
    return names.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// No file means no settings; a broken one is an error, for the person wrote it for a reason.
  package static func load(
    from folder: String = Settings.folder
  ) throws(Failure) -> Settings {
    let path = folder + "/config.toml"
    guard FileManager.default.fileExists(atPath: path) else { return Settings() }
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
      throw Failure(
        .input, what: path, why: "cannot be read: \(StateFolder.reason(error))",
        hint: "it holds the settings; without the file there are none")
    }
    let file = try SettingsFile(String(decoding: data, as: UTF8.self), path: path)
    var settings = Settings()
    settings.theme = try file.text("theme")
    settings.isASCII = try file.bool("ascii")
    settings.memory = try file.text("memory")
    settings.hasMouse = try file.bool("mouse")
    settings.confirmsQuit = try file.bool("confirm_quit")
    settings.keymap = try file.keymap()
    return settings
  }
}
