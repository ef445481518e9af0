import Explorer
import Foundation

/// The columns of the waterfall, in the state folder, one a line in the order shown.
enum SavedColumns {
  private static var file: URL { StateFolder.url.appendingPathComponent("trace-columns") }

  /// Lines that mean no column (any more) are passed over.
  static func read() -> [TraceColumn] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { TraceColumn(saved: String($0)) }
  }

  /// Takes the place of what was kept; a folder that cannot be written costs the memory only.
  static func keep(_ columns: [TraceColumn]) {
    try? FileManager.default.createDirectory(
      at: StateFolder.url, withIntermediateDirectories: true)
    let text = columns.map { $0.saved + "\n" }.joined()
    try? Data(text.utf8).write(to: file, options: .atomic)
  }
}
