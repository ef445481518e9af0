import Telemetry

/// Finds records in the lines of one source.
///
/// A line that does not fit the record that is open is looked at as if nothing were open: it may
/// hold a record, or begin one on top of those that are open. A record that is read whole
/// interrupts those below it, and what they took is searched again. So nothing is lost but a record
/// that is torn itself.
struct RecordLane: Sendable {
  /// Text to be taken again, from `start` on.
  struct Backlog {
    var bytes: [UInt8]
    var start = 0
    var position: TextPosition
    /// Bytes of the next line in which no record is looked for.
    var skip = 0
  }

  /// Who took the part of the line that came last, when the line has not ended.
  private enum Unfinished {
    case none, record, search
  }

  let source: String
  /// The innermost comes last.
  var open: [OpenRecord] = []
  /// What a block said about those that follow.
  var context: [UInt8] = []
  /// The topmost comes first.
  var backlog: [Backlog] = []
  /// Texts inside JSON log lines.
  var logged: LoggedStreams
  /// Bytes that may be scanned again after failures: bounds the work on hostile input.
  var budget = 16 << 20
  /// Where the last bad record ended: what is tried again inside is not counted again.
  var badEnd = 0
  private var unfinished = Unfinished.none
  /// How many times searching goes on inside searching.
  var nesting = 0

  private static let budgetLimit = 512 << 20
  /// Every byte that comes pays for so many scanned again.
  private static let budgetGain = 8
  /// Records open at once; the outermost is given up for another.
  static let openLimit = 32
  static let nestingLimit = 16

  init(source: String, logged: LoggedStreams) { (self.source, self.logged) = (source, logged) }

  var isOpen: Bool { !open.isEmpty || logged.isOpen }

  /// Whether a line is surely part of what is open.
  func fits(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    switch open.last?.fit(line) {
    case .inside, .last: true
    case .beyond, .beyondLast, .doubtful, .foreign, .damage: false
    // A JSON log line goes on what those before it carried.
    case nil: logged.isOpen && line.first == UInt8(ascii: "{") && logged.fits(line)
    }
  }

  /// Takes a line, or a part of one.
  ///
  /// - Parameter shown: the line as other output has it, when nothing is found in it.
  mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, _ position: TextPosition,
    shown: UnsafeBufferPointer<UInt8>? = nil, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    budget = min(Self.budgetLimit, budget + Self.budgetGain * line.count)
    let part = unfinished
    let taken = open.last?.text.count
    unfinished = .none
    switch part {
    case .record where !open.isEmpty: extend(line, into: &batch, &report)
    case .search: search(line, position, 0, shown: shown, into: &batch, &report)
    case .none, .record: step(line, position, 0, shown: shown, into: &batch, &report)
    }
    drain(into: &batch, &report)
    if line.last != UInt8(ascii: "\n") {
      unfinished = open.last?.text.count == taken ? .search : .record
    }
  }

  /// Hands out what may be whole although nothing ended it: the source is quiet.
  mutating func flush(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    logged.flush(into: &batch, &report)
    guard unfinished == .none, backlog.isEmpty else { return }
    while let index = open.lastIndex(where: { $0.mayBeWhole }) {
      let whole = open.remove(at: index)
      settle([whole], into: &batch, &report)
    }
    // Each time one opening is given up, and its inner ones may hold the record still.
    while open.indices.contains(where: { holdsRecord(at: $0) }) {
      let records = open
      open = []
      for record in records.reversed() { putBack(record) }
      drain(into: &batch, &report)
    }
  }

  /// What is open is judged now.
  mutating func finish(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    logged.finish(into: &batch, &report)
    let records = open
    open = []
    settle(records, into: &batch, &report)
    unfinished = .none
  }

  /// Works off what failures have put back, line by line.
  mutating func drain(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    while var text = backlog.popLast() {
      let start = text.start
      text.bytes.withUnsafeBufferPointer { bytes in
        let end = ByteSearch.newline(in: bytes, from: start).map { $0 + 1 } ?? bytes.count
        if end < bytes.count {
          let next = TextPosition(
            line: text.position.line + 1, offset: text.position.offset + end - start)
          backlog.append(Backlog(bytes: text.bytes, start: end, position: next))
        }
        step(
          UnsafeBufferPointer(rebasing: bytes[start..<end]), text.position, text.skip, shown: nil,
          into: &batch, &report)
      }
      text.bytes = []
    }
  }

  private mutating func step(
    _ line: UnsafeBufferPointer<UInt8>, _ position: TextPosition, _ skip: Int,
    shown: UnsafeBufferPointer<UInt8>?, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let innermost = open.count - 1
    guard innermost >= 0 else {
      search(line, position, skip, shown: shown, into: &batch, &report)
      return
    }
    switch open[innermost].fit(line) {
    case .inside: extend(line, into: &batch, &report)
    case .last:
      open[innermost].add(line)
      closeBlock(into: &batch, &report)
    case .beyond:
      backlog.append(Backlog(bytes: Array(line), position: position, skip: skip))
      closeBlock(into: &batch, &report)
    case .beyondLast:
      backlog.append(Backlog(bytes: Array(line), position: position, skip: skip))
      backlog.append(open[innermost].removeLastLine())
      closeBlock(into: &batch, &report)
    case .doubtful:
      let isTaken = search(
        line, position, skip, shown: shown, isDoubtful: true, into: &batch, &report)
      if isTaken { return }
      if open.last?.takesDoubtful(line) == true { return extend(line, into: &batch, &report) }
      if isOfOuter(line) { return giveUp(line, position, skip, nil, &report) }
      report.addOther(line: shown ?? line)
    case .foreign:
      if isOfOuter(line) { return giveUp(line, position, skip, nil, &report) }
      search(line, position, skip, shown: shown, into: &batch, &report)
    case .damage: giveUp(line, position, skip, "the record is no JSON", &report)
    }
  }

  /// Whether a line that the innermost record does not take belongs to the one around it.
  private func isOfOuter(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let outer = open.dropLast().last else { return false }
    switch outer.fit(line) {
    case .inside, .last, .beyond, .beyondLast: return true
    case .doubtful, .foreign, .damage: return false
    }
  }

  /// Gives up the innermost record, and takes a line behind what it held.
  private mutating func giveUp(
    _ line: UnsafeBufferPointer<UInt8>, _ position: TextPosition, _ skip: Int, _ reason: String?,
    _ report: inout DecodeReport
  ) {
    backlog.append(Backlog(bytes: Array(line), position: position, skip: skip))
    giveUp(reason, &report)
  }

  // MARK: what is open

  /// Adds a line to the innermost record, and goes on with it.
  private mutating func extend(
    _ line: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    guard !open.isEmpty else { return }
    open[open.count - 1].add(line)
    resume(into: &batch, &report)
  }

  /// Goes on with the innermost record after more bytes came.
  mutating func resume(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    guard var record = open.popLast() else { return }
    var outcome = JSONScanner.Outcome.unfinished
    switch record.frame {
    case .opening:
      budget -= record.text.count
      let begun = record.withRecord { RecordFrame.of($0) }
      let isSame = if case .opening = begun { true } else { false }
      guard let begun, budget > 0 else {
        open.append(record)
        return giveUp(nil, &report)
      }
      record.frame = begun
      open.append(record)
      if !isSame { resume(into: &batch, &report) }
      return
    case .json(var scanner):
      outcome = record.text.withUnsafeBufferPointer { scanner.scan($0, from: record.scanned) }
      record.frame = .json(scanner)
    case .inspect(var scanner):
      outcome = record.text.withUnsafeBufferPointer { scanner.scan($0, from: record.scanned) }
      record.frame = .inspect(scanner)
    case .pythonText(let lines):
      budget -= record.text.count
      let read = record.withRecord { PythonSpanText.read($0, into: &batch) }
      open.append(record)
      switch read {
      case .whole(let length):
        report.spans += 1
        return close(record.head + length, interrupts: true, into: &batch, &report)
      case .unfinished
      where lines <= OpenRecord.pythonLineLimit && record.text.count <= OpenRecord.blockLimit
        && budget > 0:
        return
      case .unfinished, .none: return giveUp(nil, &report)
      }
    case .block(let format):
      open.append(record)
      if record.text.count > format.limit { giveUp(nil, &report) }
      return
    }
    record.scanned = record.text.count
    open.append(record)
    switch outcome {
    case .unfinished:
      if record.text.count > OpenRecord.jsonLimit {
        giveUp("the record is longer than \(OpenRecord.jsonLimit >> 20) MiB", &report)
      }
    case .broken: giveUp("the record is no JSON", &report)
    case .closed(let end): judge(end, into: &batch, &report)
    }
  }

  /// Reads the innermost record, which ends at `end` of its text.
  private mutating func judge(
    _ end: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    guard let record = open.last else { return }
    let verdict = record.text.withUnsafeBufferPointer { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[record.head..<end])
      guard case .json = record.frame else {
        return RecordReader.readInspect(text, into: &batch, &report)
      }
      let verdict = RecordReader.read(text, slack: bytes.count - end, into: &batch, &report)
      guard case .other = verdict else { return verdict }
      return logged.take(text, record.position, into: &batch, &report) ? .telemetry : .other
    }
    report.locateBad(in: source, at: record.position)
    switch verdict {
    case .telemetry: close(end, interrupts: true, into: &batch, &report)
    case .broken:
      if case .json(let scanner) = record.frame, scanner.deepest > JSONDepth.limit {
        addBad(record, end, JSONDepth.reason, &report)
        return close(end, interrupts: false, into: &batch, &report)
      }
      giveUp("the record is no JSON", &report)
    case .other where open.count > 1 || record.doubtfulStart != nil:
      // It may be part of what it stood in, or hold records without meaning to.
      giveUp(nil, &report)
    case .other:
      record.text.withUnsafeBufferPointer {
        report.addOther(lines: UnsafeBufferPointer(rebasing: $0[..<end]))
      }
      open[open.count - 1].head = 0
      close(end, interrupts: false, into: &batch, &report)
    }
  }

  /// The innermost record is a block that has ended.
  private mutating func closeBlock(
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    guard let record = open.last, case .block(let format) = record.frame else { return }
    guard let spans = readBlock(record, format, into: &batch) else {
      return giveUp("the record lacks what a span has", &report)
    }
    report.spans += spans
    close(record.text.count, interrupts: spans > 0, into: &batch, &report)
  }

  /// The innermost record is done: those below it are interrupted, what stands behind it is taken.
  private mutating func close(
    _ end: Int, interrupts: Bool, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    guard let record = open.popLast() else { return }
    record.text.withUnsafeBufferPointer {
      report.addOther(before: UnsafeBufferPointer(rebasing: $0[..<min(record.head, end)]))
    }
    if end < record.text.count {
      let taken = record.text[record.head..<end]
      let position = TextPosition(
        line: record.position.line + taken.count { $0 == UInt8(ascii: "\n") },
        offset: record.position.offset + taken.count)
      backlog.append(Backlog(bytes: Array(record.text[end...]), position: position))
    }
    if interrupts { interrupt(into: &batch, &report) }
  }
}
