import Telemetry

/// Finds records in the lines of one source.
///
/// Outside of a record it looks for what may begin one; inside it looks for the end. A record that
/// turns out to be none costs only its opening brace: the search goes on behind it.
struct RecordLane: Sendable {
  /// Where a line stands in its source.
  struct Place {
    var line: Int
    var offset: Int
  }

  /// Text to be searched again, from `position` on.
  private struct Backlog {
    var bytes: [UInt8]
    var position = 0
    var place: Place
    /// Bytes of the next line in which no record is looked for.
    var skip = 0
  }

  private let source: String
  private var frame: RecordFrame?
  /// The record from its opening on, and before it what else stands in its first line.
  private var buffer: [UInt8] = []
  /// Where the record begins in `buffer`.
  private var head = 0
  private var scanned = 0
  private var opened = Place(line: 1, offset: 0)
  /// What a block said about those that follow.
  private var context: [UInt8] = []
  /// The topmost comes first.
  private var backlog: [Backlog] = []
  /// Bytes that may be scanned again after failures: bounds the work on hostile input.
  private var patience = RecordLane.patienceLimit
  /// Where the last bad record ended: what is tried again inside is not counted again.
  private var badEnd = 0

  private static let patienceLimit = 64 << 20
  /// Every byte that comes pays for so many scanned again.
  private static let patienceGain = 4
  /// A record longer than this is given up.
  private static let recordLimit = 64 << 20
  /// Text without braces longer than this is no record.
  private static let wordsLimit = 1 << 20

  init(source: String) { self.source = source }

  var isOpen: Bool { frame != nil }

  /// Takes a line, or a part of one.
  mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, _ place: Place, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    patience = min(Self.patienceLimit, patience + Self.patienceGain * line.count)
    step(line, place, 0, into: &batch, &report)
    drain(into: &batch, &report)
  }

  /// A block that no line ends is judged now: its source is quiet.
  mutating func flush(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    guard case .block(let format) = frame, withRecord({ format.isWhole($0) }) else { return }
    judgeBlock(format, into: &batch, &report)
    drain(into: &batch, &report)
  }

  /// What is open is judged now.
  mutating func finish(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    while let frame {
      if case .block(let format) = frame {
        judgeBlock(format, into: &batch, &report)
      } else {
        giveUp("the record is cut off", &report)
      }
      drain(into: &batch, &report)
    }
  }

  /// Works off what failures have put back, line by line.
  private mutating func drain(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    while var text = backlog.popLast() {
      let start = text.position
      text.bytes.withUnsafeBufferPointer { bytes in
        let end = ByteSearch.newline(in: bytes, from: start).map { $0 + 1 } ?? bytes.count
        let (place, skip) = (text.place, text.skip)
        if end < bytes.count {
          let next = Place(line: place.line + 1, offset: place.offset + end - start)
          backlog.append(Backlog(bytes: text.bytes, position: end, place: next))
        }
        step(
          UnsafeBufferPointer(rebasing: bytes[start..<end]), place, skip, into: &batch, &report)
      }
      text.bytes = []
    }
  }

  private mutating func step(
    _ line: UnsafeBufferPointer<UInt8>, _ place: Place, _ skip: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    if let frame {
      extend(frame, line, place, into: &batch, &report)
    } else {
      search(line, place, skip, into: &batch, &report)
    }
  }

  // MARK: searching

  private enum Beginning {
    case none
    /// Read; this many bytes.
    case whole(Int)
    /// JSON of something else; this many bytes.
    case other(Int)
    /// It goes on, or its end is still to be looked for.
    case open(RecordFrame, scanned: Int)
  }

  /// Looks for the beginning of a record in a line.
  private mutating func search(
    _ text: UnsafeBufferPointer<UInt8>, _ place: Place, _ skip: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    var start = 0
    var from = skip
    while patience > 0, let candidate = RecordFrame.candidate(text, from: from) {
      let here = Place(line: place.line, offset: place.offset + candidate)
      let rest = UnsafeBufferPointer(rebasing: text[candidate...])
      switch begin(rest, here, into: &batch, &report) {
      case .none: from = candidate + 1
      case .other(let length): from = candidate + length
      case .whole(let length):
        report.addOther(line: UnsafeBufferPointer(rebasing: text[start..<candidate]))
        start = candidate + length
        from = start
      case .open(let begun, let reached):
        frame = begun
        buffer = Array(text[start...])
        head = candidate - start
        scanned = head + reached
        opened = here
        return resume(into: &batch, &report)
      }
    }
    report.addOther(line: UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// Begins a record at the start of `text`, which is the rest of a line.
  private mutating func begin(
    _ text: UnsafeBufferPointer<UInt8>, _ place: Place, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Beginning {
    guard let begun = RecordFrame.of(text) else { return .none }
    guard case .braces(var scanner) = begun else { return .open(begun, scanned: 0) }
    switch scanner.scan(text, from: 0) {
    case .closed(let end):
      let record = UnsafeBufferPointer(rebasing: text[..<end])
      switch RecordReader.read(record, slack: text.count - end, into: &batch, &report) {
      case .telemetry: return .whole(end)
      case .other: return .other(end)
      case .broken:
        patience -= end
        addBad(record, "the record is no JSON", place, &report)
        return .none
      }
    case .broken(let reached):
      patience -= reached
      return .none
    case .unfinished:
      return .open(.braces(scanner), scanned: text.count)
    }
  }

  // MARK: what is open

  /// Takes a line into the open record.
  private mutating func extend(
    _ frame: RecordFrame, _ line: UnsafeBufferPointer<UInt8>, _ place: Place,
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    if frame.isForeign(line) {
      if case .block(let format) = RecordFrame.of(line), !format.isLine {
        backlog.append(Backlog(bytes: Array(line), place: place))
        return giveUp("a new record begins inside", &report)
      }
      // A log line of another thread in the middle of a record.
      var other = RecordLane(source: source)
      other.take(line, place, into: &batch, &report)
      return other.finish(into: &batch, &report)
    }
    if case .block(let format) = frame {
      switch withRecord({ format.judge(line, after: $0) }) {
      case .inside: break
      case .last:
        buffer.append(contentsOf: line)
        return judgeBlock(format, into: &batch, &report)
      case .beyond:
        backlog.append(Backlog(bytes: Array(line), place: place))
        return judgeBlock(format, into: &batch, &report)
      case .foreign: return report.addOther(line: line)
      }
    }
    buffer.append(contentsOf: line)
    resume(into: &batch, &report)
  }

  /// Goes on with what is open after more bytes came.
  private mutating func resume(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    switch frame {
    case nil: break
    case .opening:
      patience -= buffer.count
      let begun = withRecord { RecordFrame.of($0) }
      if case .opening = begun, patience > 0 { return }
      guard let begun, patience > 0 else { return giveUp(nil, &report) }
      frame = begun
      resume(into: &batch, &report)
    case .braces(var scanner):
      let outcome = buffer.withUnsafeBufferPointer { scanner.scan($0, from: scanned) }
      frame = .braces(scanner)
      settle(outcome, into: &batch, &report)
    case .inspect(var scanner):
      let outcome = buffer.withUnsafeBufferPointer { scanner.scan($0, from: scanned) }
      frame = .inspect(scanner)
      settle(outcome, into: &batch, &report)
    case .pythonText:
      patience -= buffer.count
      switch withRecord({ PythonSpanText.read($0, into: &batch) }) {
      case .whole(let length):
        report.spans += 1
        close(head + length, &report)
      case .unfinished where buffer.count <= Self.wordsLimit && patience > 0: break
      default: giveUp(nil, &report)
      }
    case .block(let format) where format.isLine:
      context = Array(buffer[..<head])
      judgeBlock(format, into: &batch, &report)
    case .block:
      if buffer.count > Self.wordsLimit { giveUp(nil, &report) }
    }
  }

  private mutating func settle(
    _ outcome: BraceScanner.Outcome, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    switch outcome {
    case .unfinished:
      scanned = buffer.count
      if buffer.count > Self.recordLimit {
        giveUp("the record is longer than 64 MiB", &report)
      }
    case .broken: giveUp("a new record begins inside", &report)
    case .closed(let end): judge(end, into: &batch, &report)
    }
  }

  /// Reads the record that ends at `end` of the buffer.
  private mutating func judge(
    _ end: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let isInspect = if case .inspect = frame { true } else { false }
    let verdict = buffer.withUnsafeBufferPointer { bytes in
      let record = UnsafeBufferPointer(rebasing: bytes[head..<end])
      return isInspect
        ? RecordReader.readInspect(record, into: &batch, &report)
        : RecordReader.read(record, slack: bytes.count - end, into: &batch, &report)
    }
    switch verdict {
    case .telemetry: close(end, &report)
    case .other:
      buffer.withUnsafeBufferPointer {
        report.addOther(lines: UnsafeBufferPointer(rebasing: $0[..<end]))
      }
      head = 0
      close(end, &report)
    case .broken: giveUp("the record is no JSON", &report)
    }
  }

  private mutating func judgeBlock(
    _ format: BlockFormat, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    var known: [UInt8] = []
    swap(&known, &context)
    let spans = withRecord { format.read($0, &known, into: &batch) }
    swap(&known, &context)
    guard let spans else {
      return giveUp("the record lacks what a span has", &report)
    }
    report.spans += spans
    close(buffer.count, &report)
  }

  private func withRecord<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[head...])) }
  }

  /// The record is done; what stands behind it is searched.
  private mutating func close(_ end: Int, _ report: inout DecodeReport) {
    buffer.withUnsafeBufferPointer {
      report.addOther(line: UnsafeBufferPointer(rebasing: $0[..<head]))
    }
    if end < buffer.count { backlog.append(Backlog(bytes: Array(buffer[end...]), place: opened)) }
    buffer.removeAll(keepingCapacity: buffer.count < 1 << 20)
    frame = nil
  }

  /// Gives up the opening alone: the search goes on behind its first byte.
  private mutating func giveUp(_ reason: String?, _ report: inout DecodeReport) {
    if let reason { withRecord { addBad($0, reason, opened, &report) } }
    let place = Place(line: opened.line, offset: opened.offset - head)
    patience -= buffer.count
    backlog.append(Backlog(bytes: buffer, place: place, skip: head + 1))
    buffer = []
    frame = nil
  }

  private mutating func addBad(
    _ record: UnsafeBufferPointer<UInt8>, _ reason: String, _ place: Place,
    _ report: inout DecodeReport
  ) {
    guard place.offset >= badEnd, RecordReader.looksLikeTelemetry(record) else { return }
    badEnd = place.offset + record.count
    report.addBad(
      BadRecord(source: source, line: place.line, offset: place.offset, reason: reason))
  }
}
