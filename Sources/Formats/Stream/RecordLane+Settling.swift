import Telemetry

/// How deep JSON may be nested.
enum JSONDepth {
  /// What is nested no deeper is read; simdjson reads some levels more.
  static let limit = 1_000
  static let reason = "the record is nested deeper than 1,000 levels"
}

extension RecordLane {
  /// A record was read whole: what is open around it is torn.
  mutating func interrupt(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    guard !open.isEmpty else { return }
    let records = open
    open = []
    settle(records, into: &batch, &report)
  }

  /// Judges records that end here, apart from what is open and from what is still to be taken: what
  /// is none is searched again.
  mutating func settle(
    _ records: [OpenRecord], into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let others = open
    let later = backlog
    open = []
    backlog = []
    nesting += 1
    var work = records
    while !work.isEmpty {
      let record = work.removeFirst()
      if isRead(record, into: &batch, &report) { continue }
      if nesting > Self.nestingLimit {
        record.text.withUnsafeBufferPointer { report.addOther(lines: $0) }
        continue
      }
      putBack(record)
      drain(into: &batch, &report)
      work.insert(contentsOf: open, at: 0)
      open = []
    }
    nesting -= 1
    open = others
    backlog = later
  }

  /// Reads a block that may be whole; counts any other record as bad.
  private mutating func isRead(
    _ record: OpenRecord, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Bool {
    guard case .block(let format) = record.frame else {
      addBad(record, record.text.count, "the record is cut off", &report)
      return false
    }
    guard let spans = readBlock(record, format, into: &batch), spans > 0 || !context.isEmpty else {
      addBad(record, record.text.count, "the record lacks what a span has", &report)
      return false
    }
    report.spans += spans
    record.text.withUnsafeBufferPointer {
      report.addOther(before: UnsafeBufferPointer(rebasing: $0[..<record.head]))
    }
    return true
  }

  mutating func readBlock(
    _ record: OpenRecord, _ format: BlockFormat, into batch: inout SpanBatch
  ) -> Int? {
    var known: [UInt8] = []
    swap(&known, &context)
    let spans = record.withRecord { format.read($0, &known, into: &batch) }
    swap(&known, &context)
    return spans
  }

  /// Gives up the opening of the innermost record alone: what it took is taken again.
  mutating func giveUp(_ reason: String?, _ report: inout DecodeReport) {
    guard let record = open.popLast() else { return }
    if let reason { addBad(record, record.text.count, reason, &report) }
    putBack(record)
  }

  /// What a record took is to be taken next, but its opening.
  mutating func putBack(_ record: OpenRecord) {
    budget -= record.text.count
    let position = TextPosition(
      line: record.position.line, offset: record.position.offset - record.head)
    backlog.append(Backlog(bytes: record.text, position: position, skip: record.head + 1))
  }

  /// Whether the lines of an open record hold a whole one.
  mutating func holdsRecord(at index: Int) -> Bool {
    let size = open[index].text.count
    guard let start = open[index].doubtfulStart, size > open[index].examined, nesting == 0,
      budget > size
    else { return false }
    open[index].examined = size
    let bytes = Array(open[index].text[start...])
    var lane = RecordLane(source: source, logged: LoggedStreams.none(source: source))
    lane.nesting = Self.nestingLimit
    lane.budget = budget - bytes.count
    var batch = SpanBatch()
    var report = DecodeReport(keepsAllOutput: true)
    lane.backlog = [Backlog(bytes: bytes, position: open[index].position)]
    lane.drain(into: &batch, &report)
    lane.flush(into: &batch, &report)
    // What stands open inside may be torn as well.
    while report.records == 0, !lane.open.isEmpty, lane.budget > 0 {
      let records = lane.open
      lane.open = []
      for record in records.reversed() { lane.putBack(record) }
      lane.drain(into: &batch, &report)
      lane.flush(into: &batch, &report)
    }
    budget = min(budget, lane.budget)
    return report.records > 0
  }

  mutating func addBad(
    _ record: OpenRecord, _ end: Int, _ reason: String, _ report: inout DecodeReport
  ) {
    record.text.withUnsafeBufferPointer {
      addBad($0.part(record.head..<max(record.head, end)), record.position, reason, &report)
    }
  }

  mutating func addBad(
    _ record: UnsafeBufferPointer<UInt8>, _ position: TextPosition, _ reason: String,
    _ report: inout DecodeReport
  ) {
    guard position.offset >= badEnd, RecordReader.looksLikeTelemetry(record) else { return }
    badEnd = position.offset + record.count
    report.addBad(
      BadRecord(source: source, line: position.line, offset: position.offset, reason: reason))
  }
}

extension OpenRecord {
  /// Whether it is a block that may be complete although no line ended it.
  var mayBeWhole: Bool {
    guard case .block(let format) = frame else { return false }
    return withRecord { format.isWhole($0) }
  }
}
