import Telemetry

/// Cuts text into lines, sorts them by prefix, and lets a lane for each prefix find the records.
struct TextDecoder: Sendable {
  private let source: String
  /// The line that has not ended, or what of it was not passed on.
  private var pending: [UInt8] = []
  private var isStart = true
  private var line = 1
  private var offset = 0
  /// The lane of lines without a prefix, and those of each prefix.
  private var plain: RecordLane
  private var lanes: [[UInt8]: RecordLane] = [:]
  /// A part of the line is in the plain lane already.
  private var isSplit = false

  /// A line longer than this is passed on in pieces.
  private static let lineLimit = 8 << 20
  private static let laneLimit = 256

  init(source: String) {
    self.source = source
    plain = RecordLane(source: source)
  }

  mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch, report: inout DecodeReport
  ) {
    var start = 0
    while start < bytes.count {
      guard let end = ByteSearch.newline(in: bytes, from: start) else { break }
      let piece = UnsafeBufferPointer(rebasing: bytes[start...end])
      if pending.isEmpty {
        take(line: piece, into: &batch, &report)
      } else {
        pending.append(contentsOf: piece)
        takePending(into: &batch, &report)
      }
      line += 1
      report.lines += 1
      start = end + 1
    }
    if start < bytes.count { pending.append(contentsOf: bytes[start...]) }
    if pending.count > Self.lineLimit {
      takePending(into: &batch, &report)
      isSplit = true
    }
  }

  mutating func flush(into batch: inout SpanBatch, report: inout DecodeReport) {
    if !pending.isEmpty {
      takePending(into: &batch, &report)
      isSplit = true
    }
    plain.flush(into: &batch, &report)
    for key in lanes.keys { lanes[key]?.flush(into: &batch, &report) }
  }

  mutating func finish(into batch: inout SpanBatch, report: inout DecodeReport) {
    if !pending.isEmpty {
      takePending(into: &batch, &report)
      report.lines += 1
    }
    plain.finish(into: &batch, &report)
    for key in lanes.keys { lanes[key]?.finish(into: &batch, &report) }
    lanes = [:]
  }

  private mutating func takePending(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    let whole = pending
    pending.removeAll(keepingCapacity: whole.count < 1 << 20)
    whole.withUnsafeBufferPointer { take(line: $0, into: &batch, &report) }
  }

  private mutating func take(
    line bytes: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    defer {
      offset += bytes.count
      isSplit = false
    }
    var content = bytes
    if isStart {
      isStart = false
      // A byte order mark.
      if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
        content = UnsafeBufferPointer(rebasing: bytes[3...])
      }
    }
    let place = RecordLane.Place(line: line, offset: offset)
    if isSplit { return plain.take(content, place, into: &batch, &report) }
    if content.count < 4_096, content.contains(0x1B) {
      let clean = Self.withoutEscapes(content)
      return clean.withUnsafeBufferPointer { pass($0, place, into: &batch, &report) }
    }
    pass(content, place, into: &batch, &report)
  }

  private mutating func pass(
    _ content: UnsafeBufferPointer<UInt8>, _ place: RecordLane.Place, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    // Most lines of records begin with a blank, a quote or a bracket: no prefix does.
    let prefix = LinePrefix(content)
    guard !prefix.key.isEmpty else { return plain.take(content, place, into: &batch, &report) }
    var rest = UnsafeBufferPointer(rebasing: content[prefix.length...])
    if prefix.isPartial, rest.last == 0x0A { rest = UnsafeBufferPointer(rebasing: rest.dropLast()) }
    if lanes[prefix.key] == nil {
      if lanes.count >= Self.laneLimit { return plain.take(rest, place, into: &batch, &report) }
      lanes[prefix.key] = RecordLane(source: source)
    }
    // A log line that only happens to begin with a time is shown whole.
    if lanes[prefix.key]?.isOpen == false, !RecordLane.mayHoldRecord(rest) {
      return RecordLane.tell(content, &report)
    }
    lanes[prefix.key]?.take(rest, place, into: &batch, &report)
  }

  /// Without terminal colours: `ESC [ … letter`.
  private static func withoutEscapes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x1B, place + 1 < bytes.count, bytes[place + 1] == 0x5B else {
        clean.append(bytes[place])
        place += 1
        continue
      }
      place += 2
      while place < bytes.count, bytes[place] < 0x40 { place += 1 }
      place += 1
    }
    return clean
  }
}
