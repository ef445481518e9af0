package import Screen
import Telemetry

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Theme {
  /// Names of the themes inside the program, the default first.
  package static let builtinNames = [
    "terminal", "midnight", "daylight", "mono", "nord", "dracula", "gruvbox", "catppuccin",
    "tokyo-night", "solarized-dark", "solarized-light",
  ]

  /// What stands for the theme that suits the terminal's background.
  package static let automaticName = "auto"

  /// The theme that suits a background; nil where the terminal does not tell it: its own colours.
  package static func automatic(_ background: TerminalBackground?) -> String {
    switch background {
    case .dark: "midnight"
    case .light: "daylight"
    case nil: "terminal"
    }
  }

  /// The default, which cannot fail: an empty one when even that is broken.
  package static let standard =
    (try? load("terminal")) ?? Theme(name: "terminal", roles: [:], heat: HeatRamp([]))

  /// A theme of the program, or of the person's folder, or a file.
  ///
  /// - Parameter folder: where `NAME.toml` is looked for after the program's own.
  package static func load(_ name: String, folder: String? = nil) throws(ThemeError) -> Theme {
    if let text = builtin(name) { return try parse(text, source: name) }
    // `solarized` is the dark one of the two.
    if let text = builtin("\(name)-dark") { return try parse(text, source: "\(name)-dark") }
    var paths = [name]
    if let folder { paths.append("\(folder)/\(name).toml") }
    for path in paths {
      if let data = FileManager.default.contents(atPath: path) {
        return try parse(String(decoding: data, as: UTF8.self), source: path)
      }
    }
    let known = [automaticName] + builtinNames
    let near = known.min { EditDistance.between($0, name) < EditDistance.between($1, name) } ?? ""
    throw ThemeError(
      what: "theme '\(name)'", why: "there is no theme or file of that name",
      hint: "nearest: \(near); all: \(known.joined(separator: ", ")); or the path of a .toml file")
  }

  /// Reads the text of a theme file; `source` is how errors and a theme without a name call it.
  ///
  /// What it leaves out is taken from the theme that it `inherits`, a built-in one, or from
  /// `terminal`.
  package static func parse(_ text: String, source: String) throws(ThemeError) -> Theme {
    let file = try ThemeFile(text, source: source)
    var theme = Theme(name: file.name ?? source, roles: [:], heat: HeatRamp([]))
    if source != builtinNames[0] {
      let parent = file.parent ?? builtinNames[0]
      guard parent != source, let text = builtin(parent) else {
        throw file.error(
          at: "inherits", "there is no built-in theme '\(parent)'",
          "themes: \(builtinNames.joined(separator: ", "))")
      }
      theme = try parse(text, source: parent)
      theme.name = file.name ?? source
    }
    theme.roles.merge(try file.roles()) { $1 }
    if let heat = try file.heat() { theme.heat = HeatRamp(heat) }
    return theme
  }

  private static func builtin(_ name: String) -> String? {
    switch name {
    case "terminal": String(decoding: PackageResources.terminal_toml, as: UTF8.self)
    case "midnight": String(decoding: PackageResources.midnight_toml, as: UTF8.self)
    case "daylight": String(decoding: PackageResources.daylight_toml, as: UTF8.self)
    case "mono": String(decoding: PackageResources.mono_toml, as: UTF8.self)
    case "nord": String(decoding: PackageResources.nord_toml, as: UTF8.self)
    case "dracula": String(decoding: PackageResources.dracula_toml, as: UTF8.self)
    case "gruvbox": String(decoding: PackageResources.gruvbox_toml, as: UTF8.self)
    case "catppuccin": String(decoding: PackageResources.catppuccin_toml, as: UTF8.self)
    case "tokyo-night": String(decoding: PackageResources.tokyo_night_toml, as: UTF8.self)
    case "solarized-dark": String(decoding: PackageResources.solarized_dark_toml, as: UTF8.self)
    case "solarized-light": String(decoding: PackageResources.solarized_light_toml, as: UTF8.self)
    default: nil
    }
  }
}
