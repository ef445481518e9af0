import Foundation
import Testing
import Workspace

@Suite struct SavedThemeTests {
  @Test("a theme chosen on the screen is there in the next run, with what was configured then")
  func keeps() throws {
    let folder = try TemporaryFolder()
    let saved = SavedTheme(in: folder.url.appending(path: "state"))
    #expect(saved.read() == nil)
    for choice in [
      SavedTheme.Choice(name: "nord", configured: nil),
      SavedTheme.Choice(name: "auto", configured: "midnight"),
    ] {
      try saved.keep(choice)
      #expect(SavedTheme(in: folder.url.appending(path: "state")).read() == choice)
    }
  }

  @Test("where it cannot be kept it says so")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "theme"), withIntermediateDirectories: true)
    let failure = #expect(throws: Failure.self) {
      try SavedTheme(in: folder.url).keep(.init(name: "nord", configured: nil))
    }
    #expect(failure?.why.hasPrefix("the theme is not kept: ") == true)
  }
}
