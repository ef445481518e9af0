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

  private enum State {
    case text
    /// Inside braces that opened at the start of `buffer`.
    case record(BraceScanner)
    /// Inside `Span(` text.
    case words
  }

  private let source: String
  private var state = State.text
  /// From the opening of the record on.
  private var buffer: [UInt8] = []
  private var scanned = 0
  private var opened = Place(line: 1, offset: 0)
  /// Bytes that may still be scanned again after failures: bounds the work on hostile input.
  private var patience = RecordLane.patienceLimit

  private static let patienceLimit = 64 << 20
  /// A record longer than this is given up.
  private static let recordLimit = 64 << 20
  /// `Span(…)` text longer than this is none.
  private static let wordsLimit = 64 << 10

  init(source: String) { self.source = source }

  var isOpen: Bool { if case .text = state { false } else { true } }

  /// Takes a line, or a part of one.
  mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, _ place: Place, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    switch state {
    case .text: search(line, place, into: &batch, &report)
    case .record(let scanner):
      if !scanner.isInString, Self.isForeign(line) {
        // A log line of another thread in the middle of a record.
        var other = RecordLane(source: source)
        other.take(line, place, into: &batch, &report)
        return other.finish(into: &batch, &report)
      }
      buffer.append(contentsOf: line)
      resume(into: &batch, &report)
    case .words:
      buffer.append(contentsOf: line)
      resume(into: &batch, &report)
    }
  }

  /// Text with nothing open in it is not held back.
  mutating func flush(into batch: inout SpanBatch, _ report: inout DecodeReport) {}

  /// What is open is judged now.
  mutating func finish(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    while isOpen { giveUp("the record is cut off", isEnd: true, into: &batch, &report) }
  }

  // MARK: searching

  /// Looks for the beginning of a record in text, line by line.
  private mutating func search(
    _ text: UnsafeBufferPointer<UInt8>, _ place: Place, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    var start = 0
    var from = 0
    while let candidate = Self.candidate(text, from: from) {
      let before = UnsafeBufferPointer(rebasing: text[start..<candidate])
      switch begin(UnsafeBufferPointer(rebasing: text[candidate...]), into: &batch, &report) {
      case .none: from = candidate + 1
      case .some(let length):
        Self.tell(before, &report)
        if length == 0 {
          // It goes on in the next line.
          opened = Place(line: place.line, offset: place.offset + candidate)
          return
        }
        start = candidate + length
        from = start
      }
    }
    Self.tellLines(UnsafeBufferPointer(rebasing: text[start...]), &report)
  }

  /// A place where a record may begin.
  private static func candidate(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var place = start
    while place < text.count {
      let byte = text[place]
      if byte == 0x7B, mayFollowBrace(text, place + 1) { return place }
      if byte == 0x53, PythonSpanText.begins(text, at: place) { return place }
      place += 1
    }
    return nil
  }

  /// Behind the brace of an object stands a key or its end.
  private static func mayFollowBrace(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    var place = start
    while place < text.count {
      switch text[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      case 0x22: return true
      default: return false
      }
    }
    return true
  }

  static func mayHoldRecord(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    candidate(line, from: 0) != nil
  }

  /// While a record is open: a line that no JSON has there.
  private static func isForeign(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    switch first {
    case 0x20, 0x09, 0x0A, 0x0D, 0x22, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A: return false
    default: break
    }
    // A lone number, true, false, null, NaN: lost indentation.
    return !line.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        || byte == 0x2D || byte == 0x2B || byte == 0x2E || byte == 0x2C || byte == 0x0A
        || byte == 0x0D
    } || line.count > 40
  }

  // MARK: records

  /// Begins a record at the start of `text`.
  ///
  /// - Returns: its length when it is whole and was read; 0 when it goes on; nil when it is none.
  private mutating func begin(
    _ text: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Int? {
    if text.first == 0x53 {
      switch PythonSpanText.read(text, into: &batch) {
      case .whole(let length):
        report.spans += 1
        return length
      case .unfinished:
        buffer = Array(text)
        state = .words
        return 0
      case .none: return nil
      }
    }
    var scanner = BraceScanner()
    switch scanner.scan(text, from: 0) {
    case .closed(let end):
      let record = UnsafeBufferPointer(rebasing: text[..<end])
      switch RecordReader.read(record, slack: text.count - end, into: &batch, &report) {
      case .telemetry: return end
      case .other:
        Self.tellLines(record, &report)
        return end
      case .broken:
        patience -= end
        return patience > 0 ? nil : end
      }
    case .broken:
      patience -= text.count
      return patience > 0 ? nil : text.count
    case .unfinished:
      buffer = Array(text)
      scanned = text.count
      state = .record(scanner)
      return 0
    }
  }

  /// Goes on with what is open after more bytes came.
  private mutating func resume(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    switch state {
    case .text: break
    case .words:
      let outcome = buffer.withUnsafeBufferPointer { PythonSpanText.read($0, into: &batch) }
      switch outcome {
      case .whole(let length):
        report.spans += 1
        close(length, into: &batch, &report)
      case .unfinished where buffer.count <= Self.wordsLimit: break
      default: giveUp(nil, isEnd: false, into: &batch, &report)
      }
    case .record(var scanner):
      let outcome = buffer.withUnsafeBufferPointer { scanner.scan($0, from: scanned) }
      switch outcome {
      case .unfinished:
        scanned = buffer.count
        state = .record(scanner)
        if buffer.count > Self.recordLimit {
          giveUp("the record is longer than 64 MiB", isEnd: false, into: &batch, &report)
        }
      case .broken: giveUp("a new record begins inside", isEnd: false, into: &batch, &report)
      case .closed(let end): judge(end, into: &batch, &report)
      }
    }
  }

  private mutating func judge(
    _ end: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let verdict = buffer.withUnsafeBufferPointer { bytes in
      RecordReader.read(
        UnsafeBufferPointer(rebasing: bytes[..<end]), slack: bytes.count - end, into: &batch,
        &report)
    }
    switch verdict {
    case .telemetry: close(end, into: &batch, &report)
    case .other:
      buffer.withUnsafeBufferPointer {
        Self.tellLines(UnsafeBufferPointer(rebasing: $0[..<end]), &report)
      }
      close(end, into: &batch, &report)
    case .broken: giveUp("the record is no JSON", isEnd: false, into: &batch, &report)
    }
  }

  /// The record is done; what stands behind it is searched.
  private mutating func close(
    _ end: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let rest = Array(buffer[end...])
    buffer.removeAll(keepingCapacity: buffer.count < 1 << 20)
    state = .text
    patience = Self.patienceLimit
    rest.withUnsafeBufferPointer { search($0, opened, into: &batch, &report) }
  }

  /// Gives up the opening brace alone, and searches on behind it.
  private mutating func giveUp(
    _ reason: String?, isEnd: Bool, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let text = buffer
    let place = opened
    buffer = []
    state = .text
    if let reason, text.withUnsafeBufferPointer({ RecordReader.looksLikeTelemetry($0) }) {
      report.addBad(
        BadRecord(source: source, line: place.line, offset: place.offset, reason: reason))
    }
    patience -= text.count
    text.withUnsafeBufferPointer { bytes in
      guard patience > 0 else { return Self.tellLines(bytes, &report) }
      let rest = UnsafeBufferPointer(rebasing: bytes[1...])
      search(rest, place, into: &batch, &report)
    }
  }

  // MARK: other output

  /// Counts lines that are no record.
  static func tellLines(_ text: UnsafeBufferPointer<UInt8>, _ report: inout DecodeReport) {
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      tell(UnsafeBufferPointer(rebasing: text[start..<end]), &report)
      start = end + 1
    }
  }

  /// Counts one line, or a part of one; brackets and commas between records are nothing.
  static func tell(_ line: UnsafeBufferPointer<UInt8>, _ report: inout DecodeReport) {
    let isNothing = line.allSatisfy { byte in
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x5B || byte == 0x5D
        || byte == 0x2C
    }
    guard !isNothing else { return }
    var end = line.count
    while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
    report.otherLines += 1
    report.output.append(UnsafeBufferPointer(rebasing: line[..<end]))
  }
}
