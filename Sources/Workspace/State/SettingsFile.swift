import Explorer
import Screen
import TOMLKit
import Telemetry
import Themes

/// The text of a settings file; every mistake is named with its line.
struct SettingsFile {
  private let table: TOMLTable
  private let lines: [Substring]
  private let path: String

  /// What can stand in it.
  private static let known = Setting.all.map(\.name)

  private static let example =
    "for example: theme = \"midnight\", mouse = false, memory = \"2GiB\""

  /// - Parameter path: how errors call the file.
  init(_ text: String, path: String) throws(Failure) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // The parser trusts what it is given; this does not.
    do { try TOMLSyntax.check(text) } catch {
      throw Failure(
        .usage, what: "\(path), line \(error.line)", why: error.why, hint: Self.example)
    }
    do { table = try TOMLTable(string: text) } catch {
      let parse = error as? TOMLParseError
      let line = parse.map { ", line \($0.source.begin.line)" } ?? ""
      throw Failure(
        .usage, what: path + line, why: parse?.description.lowercased() ?? "is not TOML",
        hint: Self.example)
    }
    for key in table.keys where !Self.known.contains(key) {
      throw failure(
        key, nil, "there is no setting '\(key)'",
        Self.nearest(key, Self.known) + "; all: \(Self.known.joined(separator: ", "))")
    }
  }

  /// What it gives a value.
  var names: [String] { table.keys }

  func texts(_ key: String) throws(Failure) -> [String]? {
    guard let value = table[key] else { return nil }
    let texts = value.array.map { list in list.compactMap { $0.string } }
    guard let texts, texts.count == value.array?.count else {
      throw failure(
        key, nil, "'\(key)' is a list of texts in quotes", "for example: \(key) = [\"…\", \"…\"]")
    }
    return texts
  }

  func text(_ key: String) throws(Failure) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else {
      throw failure(key, nil, "'\(key)' is a text in quotes, and this is \(Self.kind(value))")
    }
    return text
  }

  func bool(_ key: String) throws(Failure) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let bool = value.bool else {
      throw failure(key, nil, "'\(key)' is true or false, and this is \(Self.kind(value))")
    }
    return bool
  }

  /// The section `[keys]`.
  func keymap() throws(Failure) -> Keymap {
    guard let value = table["keys"] else { return Keymap() }
    guard let section = value.table else {
      throw failure(
        "keys", nil, "'keys' is a section, and this is \(Self.kind(value))",
        "[keys], and below it for example: \"trace.next-error\" = \"e\"")
    }
    let chosen = try keys(section, below: "")
    do { return try Keymap(chosen) } catch {
      switch error {
      case .unknownCommand(let id):
        let known = KeyTable.commands.map(\.description).sorted()
        throw failure(
          id, "keys", "there is no command '\(id)'",
          Self.nearest(id, known) + "; 'otel-tui keys' lists them")
      case .unknownKey(let id, let key):
        throw failure(
          id.description, "keys", "there is no key '\(key)'",
          "keys: a letter or sign, Ctrl-x, Alt-x, F1, Enter, Tab, Space, Up, Shift-Up, Ctrl-Left, …"
        )
      case .conflict(let id, let key, let other):
        throw failure(
          id.description, "keys", "\(key.name) is already the key of \(other)",
          "give \(other) another key too")
      }
    }
  }

  /// Ids with dots may stand in quotes or without them, which nests tables.
  private func keys(
    _ table: TOMLTable, below prefix: String
  ) throws(Failure) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for key in table.keys {
      guard let value = table[key] else { continue }
      let id = prefix + key
      if let text = value.string {
        found[id] = text.isEmpty ? [] : [text]
      } else if let list = value.array {
        let texts = list.compactMap { $0.string }
        guard texts.count == list.count else {
          throw failure(id, "keys", "a key is a text in quotes", "for example: [\"e\", \"Ctrl-n\"]")
        }
        found[id] = texts
      } else if let inner = value.table {
        found.merge(try keys(inner, below: id + ".")) { $1 }
      } else {
        throw failure(
          id, "keys", "a key is a text in quotes, and this is \(Self.kind(value))",
          "for example: \"\(id)\" = \"e\", or [\"e\", \"Ctrl-n\"]")
      }
    }
    return found
  }

  // MARK: Words

  private static func kind(_ value: any TOMLValueConvertible) -> String {
    if value.string != nil { return "a text" }
    if value.bool != nil { return "true or false" }
    if value.array != nil { return "a list" }
    if value.table != nil { return "a section" }
    return "a number"
  }

  private static func nearest(_ name: String, _ known: [String]) -> String {
    let near = known.min { EditDistance.between($0, name) < EditDistance.between($1, name) }
    return near.map { "nearest: \($0)" } ?? ""
  }

  private func failure(
    _ key: String, _ section: String?, _ why: String, _ hint: String = SettingsFile.example
  ) -> Failure {
    let index = line(of: key, in: section).map { ", line \($0)" } ?? ""
    return Failure(.usage, what: path + index, why: why, hint: hint)
  }

  /// The line that gives a setting, counted from 1.
  private func line(of key: String, in section: String?) -> Int? {
    var current: String?
    for (index, line) in lines.enumerated() {
      let text = line.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
      if text.hasPrefix("[") {
        current = String(text.dropFirst().prefix { $0 != "]" })
        if section == nil, current == key { return index + 1 }
        continue
      }
      let name = text.prefix { $0 != "=" }
      guard name.count < text.count else { continue }
      let whole = current.map { "\($0).\(name)" } ?? String(name)
      if whole == (section.map { "\($0).\(key)" } ?? key) { return index + 1 }
      // An inline table, or a section where a value is meant.
      if section != nil, whole == section { return index + 1 }
    }
    return nil
  }
}
