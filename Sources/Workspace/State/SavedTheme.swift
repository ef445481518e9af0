#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The theme chosen on the screen, in the state folder.
package struct SavedTheme: Sendable {
  /// A choice, and what the settings file said then: a change there counts more.
  package struct Choice: Equatable, Sendable {
    package var name: String
    /// Nil: nothing.
    package var configured: String?

    package init(name: String, configured: String?) {
      (self.name, self.configured) = (name, configured)
    }
  }

  private let file: URL

  /// - Parameter folder: of state; made when something is first kept.
  package init(in folder: URL = StateFolder.standard) {
    file = folder.appendingPathComponent("theme")
  }

  /// Nil where nothing was chosen.
  package func read() -> Choice? {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let name = lines.first, !name.isEmpty else { return nil }
    let configured = lines.count > 1 && !lines[1].isEmpty ? lines[1] : nil
    return Choice(name: name, configured: configured)
  }

  /// Takes the place of what was kept.
  ///
  /// - Throws: why it is not kept.
  package func keep(_ choice: Choice) throws(Failure) {
    try StateFolder.make(file.deletingLastPathComponent())
    do {
      try Data("\(choice.name)\n\(choice.configured ?? "")\n".utf8).write(
        to: file, options: .atomic)
    } catch {
      throw Failure(
        .input, what: file.path, why: "the theme is not kept: \(StateFolder.reason(error))")
    }
  }
}

extension Settings {
  /// The theme that was chosen on the screen since the file was last changed, which counts more
  /// than the file; nil where none was, or a variable says which.
  package func themeOfScreen(_ saved: SavedTheme) -> String? {
    if case .variable = origins["theme"] { return nil }
    return saved.read().flatMap { $0.configured == theme ? $0.name : nil }
  }
}
