import Foundation
import TOMLKit
import Themes

/// What the person's settings file says: `$XDG_CONFIG_HOME/otel-tui/config.toml`.
struct Settings {
  var theme: String?
  var isASCII: Bool?
  var memory: String?

  static var folder: String {
    let environment = ProcessInfo.processInfo.environment
    if let base = environment["XDG_CONFIG_HOME"], !base.isEmpty { return base + "/otel-tui" }
    return FileManager.default.homeDirectoryForCurrentUser.path + "/.config/otel-tui"
  }

  static var themeFolder: String { folder + "/themes" }

  /// Themes of the person's own.
  static var ownThemes: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: themeFolder)) ?? []
    return names.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// No file means no settings; a broken one is an error, for the person wrote it for a reason.
  static func load() throws(Failure) -> Settings {
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
