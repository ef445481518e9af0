import Explorer
import Foundation
import Screen
import Testing
import Workspace

/// The settings file: what it takes, and what it says about what it does not take.
@Suite struct SettingsTests {
  private func load(_ text: String) throws -> Settings {
    let folder = try TemporaryFolder()
    _ = try folder.write(text, "config.toml")
    return try Settings.load(from: folder.url.path)
  }

  @Test("everything that can be set is read")
  func whole() throws {
    let settings = try load(
      """
      theme = "nord"
      ascii = true
      memory = "1GiB"
      mouse = false
      confirm_quit = false

      [keys]
      "trace.next-error" = "Ctrl-n"
      app.quit = ["q", "Ctrl-q"]
      """)
    #expect(settings.theme == "nord" && settings.memory == "1GiB")
    #expect(settings.isASCII == true && settings.hasMouse == false)
    #expect(settings.confirmsQuit == false)
    #expect(
      settings.keymap.keys(of: CommandID("trace", "next-error"), standard: []) == [.control("n")])
    #expect(
      settings.keymap.keys(of: CommandID("app", "quit"), standard: [])
        == [.character("q"), .control("q")])
  }

  @Test("no file is no setting, and a folder in its place is an error")
  func noFile() throws {
    let folder = try TemporaryFolder()
    #expect(try Settings.load(from: folder.url.path).theme == nil)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "config.toml"), withIntermediateDirectories: true)
    #expect(throws: Failure.self) { try Settings.load(from: folder.url.path) }
  }

  @Test(
    "what is wrong is told with its line and what would be right",
    arguments: [
      ("theme = \"nord\"\nmuose = false", 2, "no setting 'muose'", "nearest: mouse;"),
      ("\n\ntheme = 3", 3, "'theme' is a text in quotes, and this is a number", ""),
      ("mouse = \"no\"", 1, "'mouse' is true or false, and this is a text", ""),
      ("memory = [\"1GiB\"]", 1, "'memory' is a text in quotes, and this is a list", ""),
      ("ascii = { a = 1 }", 1, "'ascii' is true or false, and this is a section", ""),
      ("theme = nord", 1, "'nord' is no value", ""),
      ("mouse = true\nmouse = false", 2, "", ""),
      ("keys = 3", 1, "'keys' is a section, and this is a number", ""),
      ("mouse = true\n[kes]\na = 1", 2, "no setting 'kes'", "nearest: keys;"),
      (
        "[keys]\n\n\"trace.next-eror\" = \"e\"", 3, "no command 'trace.next-eror'",
        "nearest: trace.next-error;"
      ),
      ("[keys]\ntrace.next-error = \"Hyper-e\"", 2, "no key 'Hyper-e'", ""),
      ("[keys]\ntrace.next-error = 5", 2, "a key is a text in quotes, and this is a number", ""),
      ("[keys]\ntrace.next-error = [1]", 2, "a key is a text in quotes", ""),
      (
        "[keys]\n'trace.next-match' = 'm'\ntrace.next-error = \"m\"", 3,
        "m is already the key of", ""
      ),
      ("theme = \"a\"\nkeys = { \"app.quit\" = \"1\" }", 2, "1 is already the key of app.home", ""),
    ])
  func mistakes(text: String, line: Int, why: String, hint: String) throws {
    let failure = #expect(throws: Failure.self) { try load(text) }
    let told = try #require(failure)
    #expect(told.what.hasSuffix("config.toml, line \(line)"), "\(told.what)")
    #expect(why.isEmpty || told.why.contains(why), "\(told.why)")
    #expect(told.hint?.contains(hint) == true || hint.isEmpty, "\(told.hint ?? "")")
    // No value of the program's own language.
    for word in ["Mistake(", "Optional(", "TOML", "Error(", "nil"] {
      #expect(!told.line.contains(word), "\(told.line)")
    }
  }
}
