import Explorer
import Foundation
import Telemetry
import Testing
import Workspace

/// Settings from the file and the environment, and `otel-tui config`.
@Suite struct SettingsListingTests {
  private static let memory = ByteCount(3 << 30)

  private func inForce(
    _ text: String?, _ environment: [String: String] = [:]
  ) throws -> (Settings, listing: String) {
    let folder = try TemporaryFolder()
    let path = try folder.write(text ?? "", "config.toml")
    let settings = try Settings.inForce(file: path, environment: environment)
    return (
      settings,
      SettingsListing.text(settings, environment: environment, memory: Self.memory)
    )
  }

  private static let whole = """
    theme = "no\\"rd\\\\ \\u0007"
    ascii = true
    clock = "utc"
    mouse = false
    confirm_quit = false
    memory = "1GiB"
    receiver = false
    grpc = "127.0.0.1:1"
    http = ":2"
    allow_origins = ["https://a.example", "*"]
    [keys]
    "trace.next-error" = ["Ctrl-n", "F5"]
    "app.redraw" = []
    """

  @Test("what is listed reads back as the same settings", arguments: [whole, "", "mouse = false"])
  func roundTrip(text: String) throws {
    let (settings, listing) = try inForce(text)
    let (again, _) = try inForce(listing)
    #expect(again.theme == settings.theme ?? "auto")
    #expect(again.isASCII == settings.isASCII ?? false)
    #expect(again.clock == settings.clock ?? "local")
    #expect(again.hasMouse == settings.hasMouse ?? true)
    #expect(again.confirmsQuit == settings.confirmsQuit ?? true)
    #expect(again.memory == settings.memory ?? "3072MiB")
    #expect(again.hasReceiver == settings.hasReceiver ?? true)
    #expect(again.grpc == settings.grpc ?? "127.0.0.1:4317")
    #expect(again.http == settings.http ?? "127.0.0.1:4318")
    #expect(again.allowedOrigins == settings.allowedOrigins)
    #expect(again.keymap == settings.keymap)
    #expect(again.origins.keys.contains("theme"))
  }

  @Test("each value says where it comes from; a variable counts more than the file")
  func origins() throws {
    let (settings, listing) = try inForce(
      "theme = \"nord\"\nmouse = false",
      ["OTEL_TUI_MOUSE": "1", "OTEL_TUI_HTTP": ":9", "OTEL_TUI_GRPC": ""])
    #expect(settings.hasMouse == true)
    let lines = listing.split(separator: "\n").map(String.init)
    #expect(lines.contains("theme = \"nord\"  # settings file"))
    #expect(lines.contains("mouse = true  # OTEL_TUI_MOUSE"))
    #expect(lines.contains("http = \":9\"  # OTEL_TUI_HTTP"))
    #expect(lines.contains("grpc = \"127.0.0.1:4317\"  # standard"))
  }

  @Test("every setting has a variable but keys, and all are listed")
  func names() throws {
    let (_, listing) = try inForce(nil)
    for setting in Setting.all {
      #expect(listing.contains("\n\(setting.name) = ") || listing.contains("\n[\(setting.name)]"))
      #expect((setting.variable == nil) == (setting.name == "keys"))
    }
  }

  @Test("a variable that is no setting is named, with the nearest; exporters' are hints")
  func hints() throws {
    let (settings, listing) = try inForce(
      nil,
      ["OTEL_TUI_MUOSE": "1", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://elsewhere:4317\u{1B}[31m"])
    #expect(listing.contains("OTEL_TUI_MUOSE is no setting; nearest: OTEL_TUI_MOUSE"))
    #expect(listing.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://elsewhere:4317"))
    #expect(!listing.contains("\u{1B}"))
    #expect(settings.grpc == nil && settings.http == nil)
  }

  @Test("a variable of the wrong type is an error that names it")
  func wrongVariable() throws {
    let failure = #expect(throws: Failure.self) { try inForce(nil, ["OTEL_TUI_ASCII": "maybe"]) }
    #expect(try #require(failure).what == "OTEL_TUI_ASCII")
  }

  @Test("a file that is named must be there")
  func missing() throws {
    let path = try TemporaryFolder().path("none.toml")
    let ways: [(file: String?, environment: [String: String])] = [
      (path, [:]), (nil, ["OTEL_TUI_CONFIG": path]),
    ]
    for (file, environment) in ways {
      let failure = #expect(throws: Failure.self) {
        try Settings.inForce(file: file, environment: environment)
      }
      #expect(try #require(failure).status == .input)
    }
  }
}
