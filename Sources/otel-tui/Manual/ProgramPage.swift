import Explorer
import Screen
import Workspace

/// `man otel-tui`.
enum ProgramPage {
  static func text(_ tree: CommandTree) -> String {
    var page = Roff("otel-tui", section: 1, about: "explore OpenTelemetry spans in a terminal")
    page.section("Synopsis")
    page.example(
      "otel-tui [OPTION …] [FILE …]\n"
        + tree.command.shownSubcommands.filter { $0.commandName != "explore" }
        .map { "otel-tui \(synopsis($0))" }.joined(separator: "\n"))
    page.section("Description")
    page.prose(tree.command.discussion ?? "")
    page.section("Options")
    if let explore = tree.command.shownSubcommands.first(where: { $0.commandName == "explore" }) {
      arguments(explore, on: &page)
    }
    page.item("--help", "Help, of the program or of the command before it.")
    page.item("--version", "Version, commit and Swift.")
    page.section("Commands")
    for command in tree.command.shownSubcommands where command.commandName != "explore" {
      page.part("otel-tui \(command.commandName)")
      page.paragraph(command.abstract ?? "")
      // The language has a page of its own.
      if command.commandName != "query" { page.prose(command.discussion ?? "") }
      arguments(command, on: &page)
    }
    page.section("Keys")
    for section in KeyTable.sections() {
      page.part(section.title)
      for line in section.lines {
        let modes = line.modes.isEmpty ? "" : " (\(line.modes))"
        page.item(line.keys.map(\.name).joined(separator: " "), line.help + modes)
      }
    }
    page.section("Exit status")
    page.item("0", "Done.")
    page.item("1", "Nothing matched, or the input held no span.")
    page.item("2", "The command line, a query, a theme or a setting is wrong.")
    page.item("3", "An input, a port or an output cannot be used.")
    page.item("126, 127", "The command of run cannot be run, or is not there.")
    page.item("130", "Interrupted.")
    page.section("Environment")
    for setting in Setting.all {
      if let variable = setting.variable { page.item(variable, setting.help) }
    }
    page.item(Settings.fileVariable, "The settings file, as --config.")
    page.item("XDG_CONFIG_HOME, XDG_STATE_HOME", "Where settings and state are.")
    page.item("NO_COLOR", "No colours, where it is set and not empty.")
    page.item("COLORTERM, TERM", "What the terminal can show.")
    page.item("LC_ALL, LC_CTYPE, LANG", "Without UTF-8, drawings are ASCII.")
    page.section("Files")
    page.item("~/.config/otel-tui/config.toml", "Settings, all of them optional.")
    page.item("~/.config/otel-tui/themes/*.toml", "Themes of your own.")
    page.item("~/.local/state/otel-tui/", "History, saved queries, columns, and a log.")
    page.section("See also")
    page.paragraph("otel-tui-query(7)")
    return page.text
  }

  private static func synopsis(_ command: CommandTree.Command) -> String {
    let positional = command.shownArguments.filter { $0.kind == .positional }
      .map { "[\($0.valueName ?? "")]" }
    let hasOptions = command.shownArguments.contains { $0.kind != .positional }
    return ([command.commandName] + (hasOptions ? ["[OPTION …]"] : []) + positional)
      .joined(separator: " ")
  }

  private static func arguments(_ command: CommandTree.Command, on page: inout Roff) {
    for argument in command.shownArguments {
      let names = (argument.names ?? []).map(\.text).joined(separator: ", ")
      let value = argument.valueName ?? ""
      let term =
        switch argument.kind {
        case .positional: value
        case .option: "\(names) \(value)"
        case .flag: names
        }
      let standard = argument.defaultValue.map { " Default: \($0)." } ?? ""
      page.item(term, (argument.abstract ?? "") + standard)
    }
  }
}
