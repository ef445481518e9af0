import Telemetry

/// Cuts text into lines, for a router that finds the records in them.
struct TextDecoder: Sendable {
  /// The line that has not ended, or what of it was not passed on.
  private var pending: [UInt8] = []
  private var isStart = true
  private var position = TextPosition(line: 1, offset: 0)
  private var router: LineRouter
  private let source: String
  private var elastic: ElasticMetadata?

  /// A line longer than this is passed on in pieces.
  private static let lineLimit = 8 << 20

  init(source: String, unpack: MessageUnpacker?) {
    self.source = source
    router = LineRouter(source: source, logged: LoggedStreams(source: source, unpack: unpack))
  }

  mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch, report: inout DecodeReport
  ) {
    var start = 0
    while start < bytes.count {
      if bytes[start] == UInt8(ascii: "{"),
        let end = takeIndented(bytes, start, into: &batch, &report)
      {
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
      position.line += 1
      report.lines += 1
      start = end + 1
    }
    if start < bytes.count { pending.append(contentsOf: bytes[start...]) }
    if pending.count > Self.lineLimit { takePending(into: &batch, &report) }
  }

  mutating func flush(into batch: inout SpanBatch, report: inout DecodeReport) {
    // Only what looks whole: a program that buffers its output is quiet anywhere in a line.
    switch pending.last {
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
      takePending(into: &batch, &report)
    default: break
    }
    router.flush(into: &batch, &report)
  }

  mutating func finish(into batch: inout SpanBatch, report: inout DecodeReport) {
    if !pending.isEmpty {
      takePending(into: &batch, &report)
      report.lines += 1
    } else if router.isInLine {
      report.lines += 1
    }
    router.finish(into: &batch, &report)
  }

  private mutating func takePending(
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    var whole: [UInt8] = []
    swap(&whole, &pending)
    let count = whole.count
    whole.append(contentsOf: repeatElement(UInt8(ascii: " "), count: TapeParser.padding))
    whole.withUnsafeBufferPointer { bytes in
      let line = UnsafeBufferPointer(rebasing: bytes[..<count])
      take(line: line, slack: TapeParser.padding, into: &batch, &report)
    }
    whole.removeAll(keepingCapacity: count < 1 << 20)
    swap(&whole, &pending)
  }

  /// Takes an indented record that is all there.
  ///
  /// - Returns: the position behind it.
  private mutating func takeIndented(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Int? {
    guard pending.isEmpty, !router.isInLine, router.plain.open.isEmpty,
      let record = WholeRecord.readIndented(bytes, from: start, into: &batch, &report)
    else { return nil }
    report.locateBad(in: source, at: position)
    isStart = false
    position.line += record.lines
    position.offset += record.end - start
    report.lines += record.lines
    return record.end
  }

  /// - Parameter slack: bytes readable behind the line.
  private mutating func take(
    line bytes: UnsafeBufferPointer<UInt8>, slack: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    defer {
      report.locateBad(in: source, at: position)
      position.offset += bytes.count
    }
    guard !router.isInLine else { return router.take(bytes, position, into: &batch, &report) }
    var content = bytes
    if isStart {
      isStart = false
      content = bytes.part(TextEncoding.markLength(bytes)..<bytes.count)
    }
    let known = batch.spans.count
    if router.plain.open.isEmpty,
      WholeRecord.read(line: content, slack: slack, into: &batch, &report)
    {
      elastic?.apply(to: &batch, from: known, content)
      return
    }
    if let metadata = ElasticMetadata(content) {
      elastic = metadata
      return
    }
    if content.count < 4_096, TerminalColors.areIn(content) {
      let clean = TerminalColors.removed(from: content)
      clean.withUnsafeBufferPointer { router.take($0, position, into: &batch, &report) }
    } else {
      router.take(content, position, into: &batch, &report)
    }
  }
}

/// `ESC [ … letter`, which log viewers colour lines with.
enum TerminalColors {
  private static let escape: UInt8 = 0x1B

  static func areIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteSearch.has(escape, in: bytes)
  }

  static func removed(from bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var clean: [UInt8] = []
    clean.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == escape, index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "[")
      else {
        clean.append(bytes[index])
        index += 1
        continue
      }
      index += 2
      while index < bytes.count, bytes[index] < 0x40 { index += 1 }
      index += 1
    }
    return clean
  }
}
