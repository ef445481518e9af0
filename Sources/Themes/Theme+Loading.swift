import Foundation
import Screen
import TOMLKit

/// Why a theme cannot be used.
package struct ThemeError: Error, Hashable, Sendable {
  package var what: String
  package var why: String
  package var hint: String
}

extension Theme {
  /// Names of the themes inside the program, the default first.
  package static let builtinNames = ["terminal", "midnight", "daylight", "mono"]

  /// The default, which cannot fail: an empty one when even that is broken.
  package static var standard: Theme {
    (try? load("terminal")) ?? Theme(name: "terminal", roles: [:], heat: [])
  }

  /// A theme of the program, or of the person's folder, or a file.
  ///
  /// - Parameter folder: where `NAME.toml` is looked for after the program's own.
  package static func load(_ name: String, folder: String? = nil) throws(ThemeError) -> Theme {
    if let text = builtin(name) { return try parse(text, source: name) }
    var paths = [name]
    if let folder { paths.append("\(folder)/\(name).toml") }
    for path in paths {
      if let data = FileManager.default.contents(atPath: path) {
        return try parse(String(decoding: data, as: UTF8.self), source: path)
      }
    }
    throw ThemeError(
      what: "theme '\(name)'", why: "there is no theme or file of that name",
      hint: "themes: \(builtinNames.joined(separator: ", ")); or the path of a .toml file")
  }

  private static func builtin(_ name: String) -> String? {
    switch name {
    case "terminal": String(decoding: PackageResources.terminal_toml, as: UTF8.self)
    case "midnight": String(decoding: PackageResources.midnight_toml, as: UTF8.self)
    case "daylight": String(decoding: PackageResources.daylight_toml, as: UTF8.self)
    case "mono": String(decoding: PackageResources.mono_toml, as: UTF8.self)
    default: nil
    }
  }

  /// Reads the text of a theme file.
  package static func parse(_ text: String, source: String) throws(ThemeError) -> Theme {
    let table: TOMLTable
    do { table = try TOMLTable(string: text) } catch {
      throw ThemeError(what: "theme '\(source)'", why: "\(error)", hint: "themes are TOML files")
    }
    var roles: [Role: Entry] = [:]
    for (key, value) in table["roles"]?.table.map({ Array($0) }) ?? [] {
      guard let role = Role.allCases.first(where: { "\($0)" == key }) else {
        throw ThemeError(
          what: "theme '\(source)'", why: "no role is called '\(key)'",
          hint: "roles: \(Role.allCases.map { "\($0)" }.joined(separator: ", "))")
      }
      roles[role] = try entry(value, role: key, source: source)
    }
    var heat: [Color] = []
    if let ramp = table["ramps"]?.table?["heat"]?.array {
      for step in ramp { heat.append(try color(step.string, of: "heat", source)) }
    }
    return Theme(name: table["name"]?.string ?? source, roles: roles, heat: heat)
  }

  private static func entry(
    _ value: any TOMLValueConvertible, role: String, source: String
  ) throws(ThemeError) -> Entry {
    var entry = Entry()
    if let text = value.string {
      entry.front = try color(text, of: role, source)
      return entry
    }
    guard let table = value.table else {
      throw ThemeError(
        what: "theme '\(source)'", why: "role '\(role)' is neither a colour nor a table",
        hint: "for example: error = { fg = \"#ff6b6b\", bold = true }")
    }
    if let front = table["fg"] { entry.front = try color(front.string, of: role, source) }
    if let back = table["bg"] { entry.back = try color(back.string, of: role, source) }
    if let front = table["fg-on"] { entry.frontOn = try color(front.string, of: role, source) }
    let styles: [(String, Ink.Style)] = [
      ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
      ("reverse", .reverse),
    ]
    for (name, style) in styles where table[name]?.bool == true { entry.style.insert(style) }
    return entry
  }

  private static func color(
    _ text: String?, of role: String, _ source: String
  ) throws(ThemeError) -> Color {
    if let text, let color = Color(text) { return color }
    throw ThemeError(
      what: "theme '\(source)'", why: "'\(text ?? "?")' is no colour, at '\(role)'",
      hint: "colours: default, red, bright-red, #rrggbb")
  }
}
