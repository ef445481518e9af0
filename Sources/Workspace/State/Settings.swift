package import Explorer

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the person's settings say: the file, `$XDG_CONFIG_HOME/otel-tui/config.toml` unless another
/// is named, and variables of the environment, which count more. Nil where they say nothing.
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
  /// `local`, `utc` or `relative`; not checked here.
  package var clock: String?
  /// False: nothing listens unless an option says so.
  package var hasReceiver: Bool?
  /// Where to listen, as ``ListenAddress`` reads it; not checked here.
  package var grpc: String?
  package var http: String?
  /// Origins of web pages that may send besides those of this machine.
  package var allowedOrigins: [String] = []
  /// The keys a person chose.
  package var keymap = Keymap()

  /// Where values come from, by the names of ``Setting``; none for standards.
  package var origins: [String: SettingOrigin] = [:]
  /// Of the settings file, whether or not it is there.
  package internal(set) var path = Settings.folder + "/config.toml"
  package internal(set) var isThere = false

  package init() {}

  /// Names the settings file, like `--config`.
  package static let fileVariable = "OTEL_TUI_CONFIG"

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
    try read(folder + "/config.toml", mustExist: false)
  }

  /// The file, and over it the environment.
  ///
  /// - Parameters:
  ///   - file: another one than usual; it must be there.
  ///   - environment: of the program.
  package static func inForce(
    file: String?, environment: [String: String]
  ) throws(Failure) -> Settings {
    let named = environment[fileVariable].flatMap { $0.isEmpty ? nil : $0 }
    let path = file ?? named
    var settings = try read(path ?? folder + "/config.toml", mustExist: path != nil)
    try settings.take(SettingsEnvironment(environment))
    return settings
  }

  private static func read(_ path: String, mustExist: Bool) throws(Failure) -> Settings {
    var settings = Settings()
    settings.path = path
    guard FileManager.default.fileExists(atPath: path) else {
      guard mustExist else { return settings }
      throw Failure(
        .input, what: path, why: "no such file", hint: "--config names a settings file")
    }
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
      throw Failure(
        .input, what: path, why: "cannot be read: \(StateFolder.reason(error))",
        hint: "it holds the settings; without the file there are none")
    }
    let file = try SettingsFile(String(decoding: data, as: UTF8.self), path: path)
    settings.isThere = true
    settings.theme = try file.text("theme")
    settings.isASCII = try file.bool("ascii")
    settings.memory = try file.text("memory")
    settings.hasMouse = try file.bool("mouse")
    settings.confirmsQuit = try file.bool("confirm_quit")
    settings.clock = try file.text("clock")
    settings.hasReceiver = try file.bool("receiver")
    settings.grpc = try file.text("grpc")
    settings.http = try file.text("http")
    settings.allowedOrigins = try file.texts("allow_origins") ?? []
    settings.keymap = try file.keymap()
    for name in file.names { settings.origins[name] = .file }
    return settings
  }

  private mutating func take(_ environment: SettingsEnvironment) throws(Failure) {
    theme = environment.text("theme") ?? theme
    isASCII = try environment.bool("ascii") ?? isASCII
    memory = environment.text("memory") ?? memory
    hasMouse = try environment.bool("mouse") ?? hasMouse
    confirmsQuit = try environment.bool("confirm_quit") ?? confirmsQuit
    clock = environment.text("clock") ?? clock
    hasReceiver = try environment.bool("receiver") ?? hasReceiver
    grpc = environment.text("grpc") ?? grpc
    http = environment.text("http") ?? http
    allowedOrigins = environment.list("allow_origins") ?? allowedOrigins
    for setting in Setting.all {
      if let variable = setting.variable, environment.text(setting.name) != nil {
        origins[setting.name] = .variable(variable)
      }
    }
  }

  /// Where a setting was made, for what is wrong with it: `OTEL_TUI_MEMORY`, `config.toml: memory`.
  package func source(of name: String) -> String {
    if case .variable(let variable) = origins[name] { return variable }
    return "\(path): \(name)"
  }
}
