import Explorer
package import Telemetry

/// The settings in force as a file that says the same: what `otel-tui config` prints.
package enum SettingsListing {
  /// - Parameters:
  ///   - settings: in force, but for options.
  ///   - environment: of the program, for hints.
  ///   - memory: what spans may take where nothing is set.
  package static func text(
    _ settings: Settings, environment: [String: String], memory: ByteCount
  ) -> String {
    let environment = SettingsEnvironment(environment)
    var lines = [
      "# Settings of otel-tui, as they are in force. A value comes from the first of these that has",
      "# one: an option, a variable of the environment, the settings file, the standard.",
      "# Settings file: \(settings.path)\(settings.isThere ? "" : " (not there)")",
      "# Another one: --config FILE, or \(Settings.fileVariable).",
    ]
    for setting in Setting.all {
      let names = [setting.option, setting.variable].compactMap(\.self)
      lines += ["", "# \(setting.help)"]
      if !names.isEmpty { lines.append("# Also: \(names.joined(separator: ", ")).") }
      let origin = settings.origins[setting.name] ?? .standard
      if setting.kind == .keys {
        lines.append("[keys]")
        lines += settings.keymap.chosenKeys.map { command, keys in
          "\(quoted(command)) = [\(keys.map(quoted).joined(separator: ", "))]  # \(words(origin))"
        }
      } else {
        let value = value(setting, settings, memory)
        lines.append("\(setting.name) = \(value)  # \(words(origin))")
      }
    }
    let hints = environment.exporterHints
    if !hints.isEmpty {
      lines += [
        "", "# Set in this environment for programs that send; not obeyed here:",
      ]
      lines += hints.map { "#   \($0)" }
    }
    for (name, nearest) in environment.unknown {
      lines += ["", "# \(PlainText.line(name)) is no setting; nearest: \(nearest)"]
    }
    return lines.joined(separator: "\n")
  }

  private static func words(_ origin: SettingOrigin) -> String {
    switch origin {
    case .standard: "standard"
    case .file: "settings file"
    case .variable(let name): name
    case .screen: "chosen on the screen"
    }
  }

  /// As the settings file writes it.
  private static func value(_ setting: Setting, _ settings: Settings, _ memory: ByteCount) -> String
  {
    func text(_ value: String?) -> String { value.map(quoted) ?? setting.standard }
    func bool(_ value: Bool?) -> String { value.map { "\($0)" } ?? setting.standard }
    return switch setting.name {
    case "theme": text(settings.theme)
    case "ascii": bool(settings.isASCII)
    case "clock": text(settings.clock)
    case "mouse": bool(settings.hasMouse)
    case "confirm_quit": bool(settings.confirmsQuit)
    case "memory": quoted(settings.memory ?? "\(memory.count >> 20)MiB")
    case "receiver": bool(settings.hasReceiver)
    case "grpc": text(settings.grpc)
    case "http": text(settings.http)
    default: "[\(settings.allowedOrigins.map(quoted).joined(separator: ", "))]"
    }
  }

  /// A basic string of TOML.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      default:
        if PlainText.isUnsafe(scalar) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
