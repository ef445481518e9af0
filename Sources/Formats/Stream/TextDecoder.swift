import Telemetry

/// Cuts text into lines, sorts them by prefix, and lets a lane for each prefix find the records.
struct TextDecoder: Sendable {
  private let source: String
  /// The line that has not ended, or what of it was not passed on.
  private var pending: [UInt8] = []
  private var isStart = true
  private var line = 1
  private var offset = 0
  /// The lane of lines without a prefix, then those of each prefix.
  private var lanes: [RecordLane]
  private var laneOfPrefix: [UInt64: Int] = [:]
  /// The lane that has a part of the line already.
  private var splitLane: Int?

  /// A line longer than this is passed on in pieces.
  private static let lineLimit = 8 << 20
  private static let laneLimit = 256

  init(source: String) {
    self.source = source
    lanes = [RecordLane(source: source)]
  }

  mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch, report: inout DecodeReport
  ) {
    var start = 0
    while start < bytes.count {
      if bytes[start] == 0x7B, let end = takeIndented(bytes, start, into: &batch, &report) {
        start = end
        continue
      }
      guard let end = ByteSearch.newline(in: bytes, from: start) else { break }
      let piece = UnsafeBufferPointer(rebasing: bytes[start...end])
      if pending.isEmpty {
        take(line: piece, slack: bytes.count - end - 1, into: &batch, &report)
      } else {
        pending.append(contentsOf: piece)
        takePending(into: &batch, &report)
      }
      line += 1
      report.lines += 1
      start = end + 1
    }
    if start < bytes.count { pending.append(contentsOf: bytes[start...]) }
    if pending.count > Self.lineLimit { takePart(into: &batch, &report) }
  }

  mutating func flush(into batch: inout SpanBatch, report: inout DecodeReport) {
    // Only what looks whole: a program that buffers its output is quiet anywhere in a line.
    if let last = pending.last, last == 0x7D || last == 0x5D || last == 0x29 {
      takePart(into: &batch, &report)
    }
    for index in lanes.indices { lanes[index].flush(into: &batch, &report) }
  }

  mutating func finish(into batch: inout SpanBatch, report: inout DecodeReport) {
    if !pending.isEmpty {
      takePending(into: &batch, &report)
      report.lines += 1
    } else if splitLane != nil {
      report.lines += 1
    }
    for index in lanes.indices { lanes[index].finish(into: &batch, &report) }
    lanes = [RecordLane(source: source)]
    laneOfPrefix = [:]
    splitLane = nil
  }

  /// Passes on the line that has not ended.
  private mutating func takePart(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    let lane = takePending(into: &batch, &report)
    splitLane = lane
  }

  @discardableResult
  private mutating func takePending(
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Int {
    var whole: [UInt8] = []
    swap(&whole, &pending)
    let count = whole.count
    whole.append(contentsOf: repeatElement(0x20, count: TapeParser.padding))
    let lane = whole.withUnsafeBufferPointer { bytes in
      let line = UnsafeBufferPointer(rebasing: bytes[..<count])
      return take(line: line, slack: TapeParser.padding, into: &batch, &report)
    }
    whole.removeAll(keepingCapacity: count < 1 << 20)
    swap(&whole, &pending)
    return lane
  }

  /// Takes an indented record that is all there.
  ///
  /// - Returns: the place behind it.
  private mutating func takeIndented(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Int? {
    guard pending.isEmpty, splitLane == nil, !lanes[0].isOpen,
      let record = WholeRecord.readIndented(bytes, from: start, into: &batch, &report)
    else { return nil }
    isStart = false
    line += record.lines
    report.lines += record.lines
    offset += record.end - start
    return record.end
  }

  /// - Parameter slack: bytes readable behind the line.
  /// - Returns: the lane the line went to.
  @discardableResult
  private mutating func take(
    line bytes: UnsafeBufferPointer<UInt8>, slack: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Int {
    defer { offset += bytes.count }
    let place = RecordLane.Place(line: line, offset: offset)
    if let lane = splitLane {
      splitLane = nil
      lanes[lane].take(bytes, place, into: &batch, &report)
      return lane
    }
    var content = bytes
    if isStart {
      isStart = false
      // A byte order mark.
      if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
        content = UnsafeBufferPointer(rebasing: bytes[3...])
      }
    }
    if !lanes[0].isOpen, WholeRecord.read(line: content, slack: slack, into: &batch, &report) {
      return 0
    }
    if content.count < 4_096, Self.hasEscape(content) {
      let clean = Self.withoutEscapes(content)
      return clean.withUnsafeBufferPointer { pass($0, place, into: &batch, &report) }
    }
    return pass(content, place, into: &batch, &report)
  }

  private mutating func pass(
    _ content: UnsafeBufferPointer<UInt8>, _ place: RecordLane.Place, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Int {
    if let docker = DockerLine(content) {
      let lane = lane(of: docker.key)
      docker.text.withUnsafeBufferPointer {
        lanes[lane].take($0, place, into: &batch, &report)
      }
      return lane
    }
    let prefix = LinePrefix(content)
    guard prefix.length > 0 else {
      lanes[0].take(content, place, into: &batch, &report)
      return 0
    }
    let lane = lane(of: prefix.key)
    var rest = UnsafeBufferPointer(rebasing: content[prefix.length...])
    if prefix.isPartial, rest.last == 0x0A { rest = UnsafeBufferPointer(rebasing: rest.dropLast()) }
    // A log line that only happens to begin with a time is shown whole.
    if !lanes[lane].isOpen, !RecordFrame.begins(in: rest) {
      report.addOther(line: content)
    } else {
      lanes[lane].take(rest, place, into: &batch, &report)
    }
    return lane
  }

  private mutating func lane(of key: UInt64) -> Int {
    if let known = laneOfPrefix[key] { return known }
    guard lanes.count < Self.laneLimit else { return 0 }
    lanes.append(RecordLane(source: source))
    laneOfPrefix[key] = lanes.count - 1
    return lanes.count - 1
  }

  private static func hasEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    return ByteSearch.find(0x1B, in: base, from: 0, to: bytes.count) < bytes.count
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
