#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a path could become while it is typed.
enum FileNames {
  /// More are no help.
  private static let most = 100

  /// Paths that begin with what is typed, in order; those of folders end in `/`. Hidden ones only
  /// behind a dot. None where the folder cannot be read.
  ///
  /// - Complexity: O(*n* log *n*) in the folder's entries.
  static func continuing(_ typed: String) -> [String] {
    let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<cut]), typed[cut...])
    let path =
      folder.isEmpty
      ? "." : folder.hasPrefix("~/") ? StateFolder.home.path + folder.dropFirst(1) : folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let shown = names.filter {
      $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix("."))
    }
    return shown.sorted().prefix(most).map { name in
      let isFolder = FileManager.default.fileExists(atPath: "\(path)/\(name)/")
      return folder + name + (isFolder ? "/" : "")
    }
  }
}
