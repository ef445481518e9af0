import Telemetry

/// Sorts lines by what stands before them, and lets a lane for each prefix find the records.
///
/// A prefix is learned where a record begins behind it: the line that comes next with the same text
/// before it belongs to that record. Nothing need be known of the program that put it there.
struct LineRouter: Sendable {
  private struct Source: Sendable {
    var shape: PrefixShape
    var lane: RecordLane
    /// Numbers in the prefix vary from line to line, which the second line showed.
    var varies = false
    /// When it last had a line.
    var turn = 0
  }

  private let source: String
  private let logged: LoggedStreams
  /// Lines without a prefix, and those whose prefix is not known.
  private(set) var plain: RecordLane
  private var sources: [Source] = []
  private var turn = 0
  /// Who has a part of the line already; nil: the line has not begun.
  private var unfinished: Target?

  private enum Target {
    case plain
    case source(Int)
  }

  private static let sourceLimit = 64

  init(source: String, logged: LoggedStreams) {
    (self.source, self.logged) = (source, logged)
    plain = RecordLane(source: source, logged: logged)
  }

  var isOpen: Bool { plain.isOpen || sources.contains { $0.lane.isOpen } }

  /// Whether a line begins in the midst of another.
  var isInLine: Bool { unfinished != nil }

  /// Whether a line is surely part of what is open.
  func fits(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    if isInLine || plain.fits(line) { return true }
    if claim(line, isExact: true) != nil || claim(line, isExact: false) != nil { return true }
    return sources.contains { source in
      guard let match = source.shape.match(line) else { return false }
      return source.lane.fits(line.part(match.length..<line.count))
    }
  }

  /// Takes a line, or a part of one.
  mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, _ position: TextPosition, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    turn += 1
    let target = unfinished ?? target(of: line, into: &batch, &report)
    unfinished = line.last == UInt8(ascii: "\n") ? nil : target
    switch target {
    case .plain: plain.take(line, position, into: &batch, &report)
    case .source(let index): take(line, position, by: index, into: &batch, &report)
    }
  }

  mutating func flush(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    plain.flush(into: &batch, &report)
    for index in sources.indices { sources[index].lane.flush(into: &batch, &report) }
  }

  /// What is open is judged now; the prefixes are forgotten.
  mutating func finish(into batch: inout SpanBatch, _ report: inout DecodeReport) {
    plain.finish(into: &batch, &report)
    for index in sources.indices { sources[index].lane.finish(into: &batch, &report) }
    sources = []
    unfinished = nil
  }

  /// Where a line belongs. The same text before it, numbers included, is surer than a like one.
  private mutating func target(
    of line: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Target {
    if let index = known(line, isExact: true), sources[index].lane.isOpen || !plain.fits(line) {
      return .source(index)
    }
    if let length = ContainerLog.prefixLength(line), let shape = PrefixShape(line.part(0..<length))
    {
      let new = Source(shape: shape, lane: RecordLane(source: source, logged: logged))
      return .source(learn(new, into: &batch, &report))
    }
    let knowsPrefixes = !sources.isEmpty || plain.open.contains { $0.prefix != nil }
    if !knowsPrefixes { return .plain }
    // Behind a prefix that begins blank any line looks indented, and so like a part of the record.
    if plain.open.contains(where: { $0.prefix?.beginsBlank == true }),
      let claim = claim(line, isExact: false)
    {
      return .source(follow(claim, into: &batch, &report))
    }
    if plain.fits(line) { return .plain }
    if let claim = claim(line, isExact: true) {
      return .source(follow(claim, into: &batch, &report))
    }
    if let index = known(line, isExact: false) { return .source(index) }
    if let claim = claim(line, isExact: false) {
      return .source(follow(claim, into: &batch, &report))
    }
    return .plain
  }

  /// The source whose prefix a line has, the longest one; with the same numbers, or with others
  /// where they were seen to vary.
  private func known(_ line: UnsafeBufferPointer<UInt8>, isExact: Bool) -> Int? {
    var best: (index: Int, match: PrefixShape.Match)?
    for (index, source) in sources.enumerated() {
      guard let match = source.shape.match(line),
        match.differences == 0 || (source.varies && !isExact)
      else { continue }
      if let best {
        if match.length < best.match.length { continue }
        if match.length == best.match.length, match.differences >= best.match.differences {
          continue
        }
      }
      best = (index, match)
    }
    return best?.index
  }

  private struct Claim {
    /// The open record of the plain lane that goes on.
    var index: Int
    var shape: PrefixShape
    var varies: Bool
  }

  /// The open record of the plain lane before whose opening stands what stands before this line.
  private func claim(_ line: UnsafeBufferPointer<UInt8>, isExact: Bool) -> Claim? {
    for index in plain.open.indices.reversed() {
      guard let shape = plain.open[index].prefix,
        let match = shape.match(line, isPartial: !isExact)
      else { continue }
      let isWhole = match.matched == shape.text.count
      let rest = line.part(match.length..<line.count)
      // The program may print the same words again.
      if rest.trimmed.isEmpty { continue }
      // A collector's logger puts the same before its next request.
      if CollectorDebug.begins(rest) { continue }
      if shape.isIndentation {
        let record = plain.open[index]
        if isExact || !isWhole || !record.isFirstLine { continue }
        // JSON is indented as it likes.
        if record.frame.isOpening, !OStream.begins(rest.trimmed) { continue }
      }
      if isExact {
        if match.differences > 0 { continue }
        return Claim(index: index, shape: shape, varies: false)
      }
      guard plain.open[index].fit(rest) == .inside, RecordFrame.of(rest) == nil else { continue }
      if isWhole { return Claim(index: index, shape: shape, varies: match.differences > 0) }
      // Text of the program stood between the prefix and the opening, or what a collector's logger
      // puts before a request.
      let isSetOff = match.length > 0 && line[match.length - 1] == UInt8(ascii: " ")
      guard isSetOff && match.matched > 1 || CollectorDebug.isSecondLine(rest),
        let shorter = shape.prefix(match.matched),
        !shorter.isIndentation || CollectorDebug.isSecondLine(rest)
      else { continue }
      // What looked like a part of a time may be a number of the prefix.
      let differences = shorter.match(line)?.differences ?? match.differences
      return Claim(index: index, shape: shorter, varies: differences > 0)
    }
    return nil
  }

  /// Moves a record to a source of its own.
  private mutating func follow(
    _ claim: Claim, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Int {
    var record = plain.open.remove(at: claim.index)
    record.text.withUnsafeBufferPointer {
      let between = min(claim.shape.text.count, record.head)..<record.head
      report.addOther(before: $0.part(between))
    }
    record.removeHead()
    var lane = RecordLane(source: source, logged: logged)
    lane.open = [record]
    return learn(
      Source(shape: claim.shape, lane: lane, varies: claim.varies), into: &batch, &report)
  }

  private mutating func learn(
    _ new: Source, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Int {
    if sources.count < Self.sourceLimit {
      sources.append(new)
      return sources.count - 1
    }
    // The one that was quiet for longest makes room, an idle one first.
    let oldest = sources.indices.min { one, two in
      let (a, b) = (sources[one], sources[two])
      return (a.lane.isOpen ? 1 : 0, a.turn) < (b.lane.isOpen ? 1 : 0, b.turn)
    }
    guard let oldest else { return 0 }
    sources[oldest].lane.finish(into: &batch, &report)
    sources[oldest] = new
    return oldest
  }

  private mutating func take(
    _ line: UnsafeBufferPointer<UInt8>, _ position: TextPosition, by index: Int,
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    sources[index].turn = turn
    let match = sources[index].shape.match(line)
    let length = match?.length ?? 0
    var rest = line.part(length..<line.count)
    if ContainerLog.isPartial(line, length), rest.last == UInt8(ascii: "\n") {
      rest = rest.part(0..<(rest.count - 1))
    }
    // A log line that only happens to begin like that is shown whole.
    sources[index].lane.take(rest, position, shown: line, into: &batch, &report)
  }
}

/// Lines of container runtimes (CRI): `2026-11-22T22:57:43.12345Z stdout F content`. Their `P` says
/// that the content goes on in the next line.
enum ContainerLog {
  /// Bytes before the content; nil for any other line.
  static func prefixLength(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    guard line.count > 30, ByteClass.isDigit(line[0]), line[4] == UInt8(ascii: "-"),
      line[10] == UInt8(ascii: "T"), let blank = line.prefix(40).firstIndex(of: UInt8(ascii: " "))
    else { return nil }
    let rest = line.part((blank + 1)..<line.count)
    guard rest.count >= 9, rest.starts(with: "stdout ") || rest.starts(with: "stderr "),
      rest[7] == UInt8(ascii: "P") || rest[7] == UInt8(ascii: "F"), rest[8] == UInt8(ascii: " ")
    else { return nil }
    return blank + 10
  }

  /// Whether a prefix of that length ends with the flag of a partial line.
  static func isPartial(_ line: UnsafeBufferPointer<UInt8>, _ length: Int) -> Bool {
    guard length >= 9, line[length - 2] == UInt8(ascii: "P"),
      let whole = prefixLength(line)
    else { return false }
    return whole == length
  }
}
