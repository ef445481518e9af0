#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Commands and options as the parser itself describes them, for the manual page.
struct CommandTree: Decodable {
  var command: Command

  /// - Parameter json: what the parser prints of itself.
  init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var subcommands: [Command]?
    var arguments: [Argument]?

    /// Those that `--help` shows, but for what every command has.
    var shownArguments: [Argument] {
      (arguments ?? []).filter { argument in
        argument.shouldDisplay
          && !["help", "version"].contains(argument.preferredName?.name ?? "")
      }
    }

    var shownSubcommands: [Command] {
      (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }
  }

  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable {
      var kind: String
      var name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: Kind
    var names: [Name]?
    var preferredName: Name?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var isRepeating: Bool
    var shouldDisplay: Bool
  }
}
