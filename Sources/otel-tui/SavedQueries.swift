import Explorer
import Foundation
import Telemetry

/// The history of queries and those saved under a name, in the state folder, one JSON object a line.
enum SavedQueries {
  private static var file: URL { StateFolder.url.appendingPathComponent("history.jsonl") }

  /// Entries kept when the file is tidied up.
  private static let limit = 1_000

  private struct Line: Codable {
    var query: String
    var time: UInt64
    var headline: String
    var name: String?
  }

  /// Newest first.
  static func entries() -> [HistoryEntry] {
    guard let data = try? Data(contentsOf: file) else { return [] }
    let decoder = JSONDecoder()
    let entries = data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      (try? decoder.decode(Line.self, from: Data(line))).map {
        HistoryEntry(
          text: $0.query, time: UnixNanos($0.time), headline: $0.headline, name: $0.name)
      }
    }
    return Array(entries.reversed())
  }

  /// Adds an entry; several programs may do so at once, for a line is written in one piece.
  static func add(_ entry: HistoryEntry) {
    try? FileManager.default.createDirectory(at: StateFolder.url, withIntermediateDirectories: true)
    let line = Line(
      query: entry.text, time: entry.time.sinceEpoch, headline: entry.headline, name: entry.name)
    guard var data = try? JSONEncoder().encode(line) else { return }
    data.append(UInt8(ascii: "\n"))
    let descriptor = open(file.path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    guard descriptor >= 0 else { return }
    _ = data.withUnsafeBytes { Output.write($0, to: descriptor) }
    close(descriptor)
    tidy()
  }

  /// Keeps the newest entries and every saved query, once the file holds twice the limit.
  private static func tidy() {
    let all = entries()
    guard all.count > 2 * limit else { return }
    let kept = all.enumerated().filter { $0.offset < limit || $0.element.name != nil }
    let encoder = JSONEncoder()
    var text = Data()
    for (_, entry) in kept.reversed() {
      let line = Line(
        query: entry.text, time: entry.time.sinceEpoch, headline: entry.headline, name: entry.name)
      if let data = try? encoder.encode(line) { text += data + [UInt8(ascii: "\n")] }
    }
    try? text.write(to: file, options: .atomic)
  }

  /// The text behind `@name`; any other text is itself.
  static func resolve(_ text: String) throws(Failure) -> String {
    guard text.hasPrefix("@") else { return text }
    let name = String(text.dropFirst())
    let saved = entries().filter { $0.name != nil }
    if let entry = saved.first(where: { $0.name == name }) { return entry.text }
    let names = Set(saved.compactMap(\.name)).sorted().joined(separator: ", ")
    throw Failure(
      .usage, what: "query \(text)", why: "no query is saved under this name",
      hint: names.isEmpty ? "save one on the Query screen" : "saved: \(names)")
  }
}
