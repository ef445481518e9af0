package import Explorer
import Telemetry

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

/// The history of queries and those saved under a name, in the state folder, one JSON object a line.
package struct SavedQueries: Sendable {
  private let file: URL

  /// Entries kept when the file is tidied up.
  private static let limit = 1_000

  /// - Parameter folder: of state; made when something is first kept.
  package init(in folder: URL = StateFolder.standard) {
    file = folder.appendingPathComponent("history.jsonl")
  }

  private struct Line: Codable {
    var query: String
    var time: UInt64
    var headline: String
    var name: String?

    init(_ entry: HistoryEntry) {
      (query, time) = (entry.text, entry.time.sinceEpoch)
      (headline, name) = (entry.headline, entry.name)
    }

    var entry: HistoryEntry {
      HistoryEntry(text: query, time: UnixNanos(time), headline: headline, name: name)
    }

    /// - Throws: never for what entries hold; the encoder says so.
    var bytes: Data { get throws { try JSONEncoder().encode(self) + [UInt8(ascii: "\n")] } }
  }

  /// Newest first.
  package func entries() -> [HistoryEntry] { read().entries }

  /// The entries, newest first, and what could not be read: the file, or lines of it such as half a
  /// last one, which stay in it.
  package func read() -> (entries: [HistoryEntry], problem: Failure?) {
    guard FileManager.default.fileExists(atPath: file.path) else { return ([], nil) }
    let data: Data
    do { data = try Data(contentsOf: file) } catch {
      let why = "the history cannot be read: \(StateFolder.reason(error))"
      return ([], Failure(.input, what: file.path, why: why))
    }
    let (entries, unread) = Self.lines(of: data)
    guard !unread.isEmpty else { return (entries, nil) }
    let count = unread.count == 1 ? "1 line" : "\(unread.count) lines"
    return (
      entries,
      Failure(
        .input, what: file.path,
        why:
          "\(count) of the history cannot be read and \(unread.count == 1 ? "stays" : "stay") in it"
      )
    )
  }

  /// Entries, newest first, and the lines that are none.
  private static func lines(of data: Data) -> (entries: [HistoryEntry], unread: [Data]) {
    let decoder = JSONDecoder()
    var (entries, unread): ([HistoryEntry], [Data]) = ([], [])
    for line in data.split(separator: UInt8(ascii: "\n")) {
      if let entry = (try? decoder.decode(Line.self, from: Data(line)))?.entry {
        entries.append(entry)
      } else {
        unread.append(Data(line))
      }
    }
    return (entries.reversed(), unread)
  }

  /// Adds an entry; several programs may do so at once, for a line is written in one piece.
  ///
  /// - Throws: why it is not kept.
  package func add(_ entry: HistoryEntry) throws(Failure) {
    try StateFolder.make(file.deletingLastPathComponent())
    var data: Data
    do { data = try Line(entry).bytes } catch {
      throw Failure(.input, what: file.path, why: "cannot be written: \(error)")
    }
    let descriptor = open(file.path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    // Half a last line, of a program that was killed, must not swallow this one.
    if Self.endsInsideLine(descriptor) { data.insert(UInt8(ascii: "\n"), at: 0) }
    if let problem = data.withUnsafeBytes({ DescriptorWriting.write($0, to: descriptor) }) {
      throw failure(problem)
    }
    tidy()
  }

  private func failure(_ problem: Int32) -> Failure {
    Failure(
      .input, what: file.path,
      why: "the query is not kept: \(String(cString: strerror(problem)))")
  }

  private static func endsInsideLine(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return false }
    var last: UInt8 = 0
    return pread(descriptor, &last, 1, size - 1) == 1 && last != UInt8(ascii: "\n")
  }

  /// Keeps the newest entries and every saved query, once the file holds twice the limit. What
  /// cannot be tidied stays as it is.
  private func tidy() {
    guard let data = try? Data(contentsOf: file) else { return }
    let (all, unread) = Self.lines(of: data)
    guard all.count > 2 * Self.limit else { return }
    let kept = all.enumerated().filter { $0.offset < Self.limit || $0.element.name != nil }
    let lines =
      unread.map { $0 + [UInt8(ascii: "\n")] }
      + kept.reversed().compactMap { try? Line($0.element).bytes }
    try? Data(lines.joined()).write(to: file, options: .atomic)
  }

  /// The text behind `@name`; any other text is itself.
  package func resolve(_ text: String) throws(Failure) -> String {
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
