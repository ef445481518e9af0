/// One thing that can be set: in the settings file by its name, most also by a variable of the
/// environment and an option.
///
/// The table is what the reader of the file, the environment and `otel-tui config` go by.
package struct Setting: Sendable {
  package enum Kind: Sendable { case text, bool, list, keys }

  /// As the settings file has it: `confirm_quit`.
  package let name: String
  package let kind: Kind
  /// As the settings file would write what holds where nothing is chosen.
  let standard: String
  /// The option of the command line, which counts more than all else.
  let option: String?
  /// What it does, in a line or two.
  package let help: String

  /// The variable of the environment; nil for what is too large for one.
  package var variable: String? { kind == .keys ? nil : "OTEL_TUI_" + name.uppercased() }

  /// In the order of `otel-tui config`.
  package static let all: [Setting] = [
    Setting(
      "theme", .text, "\"auto\"", "--theme",
      "A theme by name, or a .toml file; auto suits the background. T on the screen chooses one too."
    ),
    Setting("ascii", .bool, "false", "--ascii", "Draw with ASCII only."),
    Setting(
      "clock", .text, "\"local\"", nil,
      "How times are shown: local, utc or relative. Z on the screen changes it."),
    Setting("mouse", .bool, "true", nil, "Take the mouse; false leaves it to the terminal."),
    Setting(
      "confirm_quit", .bool, "true", nil, "Ask before spans are lost that are kept nowhere else."),
    Setting(
      "memory", .text, "", "--memory",
      "What spans may take, such as \"2GiB\"; the oldest go first. A quarter of this machine's."),
    Setting(
      "receiver", .bool, "true", "--no-receiver", "Listen for OTLP where nothing else is named."),
    Setting("grpc", .text, "\"127.0.0.1:4317\"", "--grpc", "Where to listen for OTLP/gRPC."),
    Setting("http", .text, "\"127.0.0.1:4318\"", "--http", "Where to listen for OTLP/HTTP."),
    Setting(
      "allow_origins", .list, "[]", "--allow-origin",
      "Origins of web pages that may send besides those of this machine; \"*\" is every one."),
    Setting(
      "keys", .keys, "", nil,
      "Other keys for commands; 'otel-tui keys' lists the commands. A list is several, [] none."),
  ]

  private init(_ name: String, _ kind: Kind, _ standard: String, _ option: String?, _ help: String)
  {
    (self.name, self.kind, self.standard) = (name, kind, standard)
    (self.option, self.help) = (option, help)
  }
}

/// Where the value of a setting comes from. An option counts more than a variable, a variable more
/// than the file, the file more than the standard.
package enum SettingOrigin: Equatable, Sendable {
  case standard
  case file
  case variable(String)
  /// Chosen on the screen in an earlier run.
  case screen
}
