import Telemetry

/// The streams of lines that JSON log lines carry in one of their texts.
struct LoggedStreams: Sendable {
  private struct Stream: Sendable {
    var name: UInt64
    var router: LineRouter
    /// What its lines say besides, as far as they say the same.
    var members: Set<UInt64>
    /// Whether it has one line only, so that `members` is all that line says.
    var isNew = true
  }

  private let source: String
  private let unpack: MessageUnpacker?
  private let nesting: Int
  /// The one that had a line last comes last.
  private var streams: [Stream] = []

  /// JSON log lines inside texts of JSON log lines.
  static let nestingLimit = 3
  private static let streamLimit = 32
  /// Docker cuts lines into pieces of this size and leaves the line end out.
  private static let pieceLength = 16 << 10

  init(source: String, unpack: MessageUnpacker?, nesting: Int = 0) {
    (self.source, self.unpack, self.nesting) = (source, unpack, nesting)
  }

  /// None, for text in which none are looked for.
  static func none(source: String) -> LoggedStreams {
    LoggedStreams(source: source, unpack: nil, nesting: nestingLimit)
  }

  var isOpen: Bool { streams.contains { $0.router.isOpen } }

  /// Whether a JSON object surely carries a part of what is open.
  func fits(_ record: UnsafeBufferPointer<UInt8>) -> Bool {
    let open = streams.filter { $0.router.isOpen }
    guard nesting < Self.nestingLimit, !open.isEmpty else { return false }
    return LoggedText.all(in: record, wanted: Set(open.map(\.name))).contains { text in
      text.bytes.withUnsafeBufferPointer { line in
        open.contains { $0.name == text.name && $0.router.fits(line) }
      }
    }
  }

  /// Takes the lines that a JSON object carries.
  ///
  /// - Returns: whether records, or parts of some, were among them.
  mutating func take(
    _ record: UnsafeBufferPointer<UInt8>, _ position: TextPosition, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    guard nesting < Self.nestingLimit else { return false }
    let open = streams.lazy.filter { $0.router.isOpen || $0.router.isInLine }
    let texts = LoggedText.all(in: record, wanted: Set(open.map(\.name)))
    return take(texts, position, into: &batch, &report)
  }

  /// Takes the lines that stand in quotes in a line that is no JSON.
  ///
  /// - Returns: whether records, or parts of some, were among them.
  mutating func take(
    quotedIn line: UnsafeBufferPointer<UInt8>, _ position: TextPosition,
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Bool {
    guard nesting < Self.nestingLimit else { return false }
    return take(QuotedText.all(in: line), position, into: &batch, &report)
  }

  private mutating func take(
    _ texts: [LoggedText], _ position: TextPosition, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    var isTaken = false
    for text in texts where take(text, position, into: &batch, &report) { isTaken = true }
    return isTaken
  }

  mutating func flush(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    for index in streams.indices { streams[index].router.flush(into: &batch, &report) }
  }

  mutating func finish(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    for index in streams.indices { streams[index].router.finish(into: &batch, &report) }
    streams = []
  }

  private mutating func take(
    _ text: LoggedText, _ position: TextPosition, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    if text.bytes.withUnsafeBufferPointer({ PackedPayload.begins($0) }) {
      return PackedPayload.read(text.bytes, unpack, into: &batch, &report)
    }
    var stream: Stream
    if let index = continued(by: text) {
      stream = streams.remove(at: index)
      stream.members.formIntersection(text.members)
      stream.isNew = false
    } else {
      let inner = LoggedStreams(source: source, unpack: unpack, nesting: nesting + 1)
      stream = Stream(
        name: text.name, router: LineRouter(source: source, logged: inner), members: text.members)
    }
    let wasOpen = stream.router.isOpen
    var lines = DecodeReport(keepsAllOutput: true)
    feed(text.bytes, position, to: &stream.router, into: &batch, &lines)
    let holdsRecord = lines.spans + lines.badRecords + lines.logRecords + lines.metrics > 0
    guard holdsRecord || wasOpen || stream.router.isOpen else { return false }
    report.merge(lines)
    if streams.count >= Self.streamLimit {
      streams[0].router.finish(into: &batch, &report)
      streams.removeFirst()
    }
    streams.append(stream)
    return true
  }

  /// The stream that a text goes on: of those under the same name the one whose lines say the same
  /// besides; else one whose open record it surely belongs to.
  private func continued(by text: LoggedText) -> Int? {
    let named = streams.indices.filter { streams[$0].name == text.name }
    let known = named.filter {
      !streams[$0].isNew && streams[$0].members.isSubset(of: text.members)
    }
    func best(of known: [Int]) -> Int? {
      known.max { streams[$0].members.count < streams[$1].members.count }
    }
    // Without a rival there is nothing to look at.
    if named.count == 1, let only = known.first { return only }
    let fitting = text.bytes.withUnsafeBufferPointer { line in
      named.filter { streams[$0].router.fits(line) }
    }
    if let both = best(of: known.filter { fitting.contains($0) }) { return both }
    // What lines of a new stream say alike is not known yet.
    let others = known.isEmpty ? fitting : fitting.filter { streams[$0].isNew }
    let closest = others.max { one, two in
      streams[one].members.intersection(text.members).count
        < streams[two].members.intersection(text.members).count
    }
    return closest ?? best(of: known)
  }

  private func feed(
    _ bytes: [UInt8], _ position: TextPosition, to router: inout LineRouter,
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    var bytes = bytes
    if bytes.last != UInt8(ascii: "\n"), bytes.count < Self.pieceLength {
      bytes.append(UInt8(ascii: "\n"))
    }
    bytes.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        let end = ByteSearch.newline(in: text, from: start).map { $0 + 1 } ?? text.count
        router.take(text.part(start..<end), position, into: &batch, &report)
        start = end
      }
    }
  }
}
