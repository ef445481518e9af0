import Foundation
import TOMLKit
import Themes

/// What the person's settings file says: `$XDG_CONFIG_HOME/otel-tui/config.toml`.
package struct Settings: Sendable {
  /// The name of a theme; nil: not set, as for the others.
  package var theme: String?
  /// Whether to draw with ASCII characters alone.
  package var isASCII: Bool?
  /// What spans may take, as ``ByteCount/init(text:)`` reads it; not checked here.
  package var memory: String?

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
    guard let data = FileManager.default.contents(atPath: path) else { return Settings() }
    let text = String(decoding: data, as: UTF8.self)
    do {
      // The parser trusts what it is given; this does not.
      try TOMLSyntax.check(text)
      let table = try TOMLTable(string: text)
      return Settings(
        theme: table["theme"]?.string, isASCII: table["ascii"]?.bool,
        memory: table["memory"]?.string)
    } catch {
      throw Failure(
        .usage, what: path, why: "\(error)",
        hint: "settings: theme = \"midnight\", ascii = true, memory = \"2GiB\"")
    }
  }
}
