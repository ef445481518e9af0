import Screen
import TOMLKit
import Telemetry

/// The text of a theme as TOML; every mistake is named with its line.
struct ThemeFile {
  private let table: TOMLTable
  private let lines: [Substring]
  private let source: String

  private static let topKeys = ["name", "inherits", "palette", "roles", "ramps"]
  private static let styles: [(name: String, style: Ink.Style)] = [
    ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline),
    ("reverse", .reverse),
  ]
  private static let entryKeys = ["fg", "bg", "fg-on"] + styles.map(\.name)

  private static let example = "for example: error = { fg = \"#ff6b6b\", bold = true }"

  init(_ text: String, source: String) throws(ThemeError) {
    self.source = source
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    do { try TOMLSyntax.check(text) } catch {
      throw ThemeError(
        what: "theme '\(source)', line \(error.line)", why: error.why, hint: Self.example)
    }
    do { table = try TOMLTable(string: text) } catch {
      throw Self.syntax(error, source)
    }
    for key in table.keys where !Self.topKeys.contains(key) {
      throw unknown("key", key, among: Self.topKeys)
    }
  }

  private static func syntax(_ error: any Error, _ source: String) -> ThemeError {
    guard let error = error as? TOMLParseError else {
      return ThemeError(what: "theme '\(source)'", why: "\(error)", hint: example)
    }
    let index = "line \(error.source.begin.line)"
    return ThemeError(
      what: "theme '\(source)', \(index)", why: error.description.lowercased(), hint: example)
  }

  var name: String? { table["name"]?.string }
  var parent: String? { table["inherits"]?.string }

  func roles() throws(ThemeError) -> [Role: Theme.Entry] {
    var roles: [Role: Theme.Entry] = [:]
    guard let section = table["roles"]?.table else { return roles }
    for key in section.keys {
      guard let role = Role.allCases.first(where: { "\($0)" == key }) else {
        throw unknown("role", key, among: Role.allCases.map { "\($0)" })
      }
      if let value = section[key] { roles[role] = try entry(value, role: key) }
    }
    return roles
  }

  /// nil where the file has none; an empty list asks for characters instead of colours.
  func heat() throws(ThemeError) -> [Color]? {
    guard let section = table["ramps"]?.table else { return nil }
    for key in section.keys where key != "heat" { throw unknown("ramp", key, among: ["heat"]) }
    guard let steps = section["heat"]?.array else { return nil }
    var heat: [Color] = []
    for step in steps {
      let color = try color(step.string, at: "heat")
      guard case .rgb = color else {
        throw error(
          at: "heat", "a ramp is made of #rrggbb colours only",
          "ramps are mixed, and the terminal's own colours are not known")
      }
      heat.append(color)
    }
    guard heat.count != 1 else {
      throw error(at: "heat", "a ramp needs two colours or more", "from the least to the most")
    }
    return heat
  }

  private func entry(
    _ value: any TOMLValueConvertible, role: String
  ) throws(ThemeError) -> Theme.Entry {
    var entry = Theme.Entry()
    if let text = value.string {
      entry.front = try color(text, at: role)
      return entry
    }
    guard let table = value.table else {
      throw error(
        at: role, "role '\(role)' is neither a colour nor a table",
        "for example: \(role) = { fg = \"#ff6b6b\", bold = true }")
    }
    for key in table.keys where !Self.entryKeys.contains(key) {
      throw unknown("setting", key, among: Self.entryKeys, at: role)
    }
    if let front = table["fg"] { entry.front = try color(front.string, at: role) }
    if let back = table["bg"] { entry.back = try color(back.string, at: role) }
    if let front = table["fg-on"] { entry.frontOn = try color(front.string, at: role) }
    for (name, style) in Self.styles where table[name]?.bool == true {
      entry.style.insert(style)
    }
    return entry
  }

  /// A colour, or the name of one in the file's own palette.
  private func color(_ text: String?, at key: String) throws(ThemeError) -> Color {
    if let text, let color = Color(table["palette"]?.table?[text]?.string ?? text) { return color }
    throw error(
      at: key, "'\(text ?? "?")' is no colour",
      "colours: default, red, bright-red, #rrggbb, or a name of the file's [palette]")
  }

  private func unknown(
    _ kind: String, _ name: String, among known: [String], at line: String? = nil
  ) -> ThemeError {
    let near = known.min { EditDistance.between($0, name) < EditDistance.between($1, name) }
    return error(
      at: line ?? name, "no \(kind) is called '\(name)'",
      near.map { "nearest: \($0); all: \(known.joined(separator: ", "))" } ?? "")
  }

  /// - Parameter key: what the mistaken line begins with.
  func error(at key: String, _ why: String, _ hint: String) -> ThemeError {
    let line = lines.firstIndex { line in
      let line = line.drop { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "[" }
      return line.hasPrefix(key) && !(line.dropFirst(key.count).first?.isLetter ?? false)
    }
    let index = line.map { ", line \($0 + 1)" } ?? ""
    return ThemeError(what: "theme '\(source)'\(index)", why: why, hint: hint)
  }
}
