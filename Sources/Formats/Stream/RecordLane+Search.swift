import Telemetry

extension RecordLane {
  private enum Beginning {
    case none
    /// Read; this many bytes.
    case whole(Int)
    /// JSON of something else; this many bytes.
    case other(Int)
    /// It goes on, or its end is still to be looked for.
    case open(RecordFrame, scanned: Int)
  }

  /// Looks for the beginning of a record in a line, whatever is open.
  ///
  /// - Parameter isDoubtful: whether the line may be part of what is open, and is other output only
  ///   when something is found in it.
  /// - Returns: whether something was found.
  @discardableResult
  mutating func search(
    _ text: UnsafeBufferPointer<UInt8>, _ position: TextPosition, _ skip: Int,
    shown: UnsafeBufferPointer<UInt8>?, isDoubtful: Bool = false, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    var start = 0
    var from = skip
    while let candidate = RecordFrame.candidate(text, from: from) {
      let here = TextPosition(line: position.line, offset: position.offset + candidate)
      let rest = UnsafeBufferPointer(rebasing: text[candidate...])
      switch begin(rest, here, before: text[start..<candidate], into: &batch, &report) {
      case .none: from = candidate + 1
      case .other(let length): from = candidate + length
      case .whole(let length):
        report.addOther(before: UnsafeBufferPointer(rebasing: text[start..<candidate]))
        interrupt(into: &batch, &report)
        start = candidate + length
        from = start
      case .open(let frame, let scanned):
        guard budget > 0 else {
          from = candidate + 1
          break
        }
        let head = candidate - start
        let record = OpenRecord(
          frame: frame, text: Array(text[start...]), head: head, scanned: head + scanned,
          position: here, prefix: start == 0 ? Self.prefix(text.part(0..<candidate), frame) : nil)
        push(record, into: &batch, &report)
        return true
      }
      // Without budget only what is whole and comes first in its line is read.
      if budget <= 0, from > start { break }
    }
    if start == 0, logged.take(quotedIn: text, position, into: &batch, &report) { return true }
    if start > 0 || !isDoubtful {
      let rest = UnsafeBufferPointer(rebasing: text[start...])
      report.addOther(line: start == 0 ? shown ?? rest : rest)
    }
    return start > 0
  }

  /// What may stand before the other lines of a record too. JSON is indented as it likes.
  private static func prefix(
    _ text: UnsafeBufferPointer<UInt8>, _ frame: RecordFrame
  ) -> PrefixShape? {
    let shape = PrefixShape(text)
    if shape?.isIndentation == true, !frame.isBlock, !frame.isOpening { return nil }
    return shape
  }

  private mutating func push(
    _ record: OpenRecord, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    if open.count >= Self.openLimit {
      let outermost = open.removeFirst()
      settle([outermost], into: &batch, &report)
    }
    open.append(record)
    resume(into: &batch, &report)
  }

  /// Begins a record at the start of `text`, which is the rest of a line.
  private mutating func begin(
    _ text: UnsafeBufferPointer<UInt8>, _ position: TextPosition,
    before: Slice<UnsafeBufferPointer<UInt8>>, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Beginning {
    guard let begun = RecordFrame.of(text) else { return .none }
    switch begun {
    case .json(let scanner): return beginJSON(scanner, text, position, into: &batch, &report)
    case .block(let format) where format.isLine:
      var before = Array(before)
      let end = ByteSearch.newline(in: text, from: 0).map { $0 + 1 } ?? text.count
      guard let spans = format.read(text.part(0..<end), &before, into: &batch) else {
        return .none
      }
      report.spans += spans
      return .whole(end)
    case .opening, .inspect, .pythonText, .block: return .open(begun, scanned: 0)
    }
  }

  private mutating func beginJSON(
    _ begun: JSONScanner, _ text: UnsafeBufferPointer<UInt8>, _ position: TextPosition,
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Beginning {
    var scanner = begun
    switch scanner.scan(text, from: 0) {
    case .closed(let end):
      let record = text.part(0..<end)
      switch RecordReader.read(record, slack: text.count - end, into: &batch, &report) {
      case .telemetry: return .whole(end)
      case .other:
        let isTaken = logged.take(record, position, into: &batch, &report)
        return isTaken ? .whole(end) : .other(end)
      case .broken where scanner.deepest > JSONDepth.limit:
        addBad(record, position, JSONDepth.reason, &report)
        return .whole(end)
      case .broken:
        budget -= end
        addBad(record, position, "the record is no JSON", &report)
        return .none
      }
    case .broken(let reached):
      budget -= reached
      addBad(text.part(0..<reached), position, "the record is no JSON", &report)
      return .none
    case .unfinished:
      budget -= text.count
      return .open(.json(scanner), scanned: text.count)
    }
  }
}
