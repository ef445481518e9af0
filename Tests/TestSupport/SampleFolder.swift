import Foundation

/// The folder of recorded telemetry that lies beside the repository on some machines; it is too
/// large to be part of it.
package enum SampleFolder {
  /// Whether it is there: tests that need it are skipped where it is not.
  package static func isThere(from file: String = #filePath) -> Bool { root(of: file) != nil }

  /// The bytes of one sample, or nil where the folder is absent.
  package static func bytes(_ path: String, from file: String = #filePath) -> [UInt8]? {
    root(of: file).flatMap { try? Data(contentsOf: $0.appending(path: path)) }.map { Array($0) }
  }

  /// The names in a folder of samples in order, or nil where it is absent.
  package static func names(_ path: String, from file: String = #filePath) -> [String]? {
    root(of: file).flatMap {
      try? FileManager.default.contentsOfDirectory(atPath: $0.appending(path: path).path)
    }?.sorted()
  }

  private static func root(of file: String) -> URL? {
    var folder = URL(filePath: file).resolvingSymlinksInPath()
    while folder.pathComponents.count > 1 {
      folder.deleteLastPathComponent()
      let samples = folder.appending(path: "../shared/samples").standardizedFileURL
      if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path),
        FileManager.default.fileExists(atPath: samples.path)
      {
        return samples
      }
    }
    return nil
  }
}
