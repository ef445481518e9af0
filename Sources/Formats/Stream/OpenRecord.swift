import Telemetry

/// Where a line, or a part of one, stands in its source.
struct TextPosition {
  var line: Int
  /// Bytes from the start.
  var offset: Int
}

/// A record whose end has not come yet.
struct OpenRecord: Sendable {
  /// What a line is to the record.
  enum Fit {
    case inside
    /// The record ends with it.
    case last
    /// The record ended before it.
    case beyond
    /// The record ended before the line that came last, which belongs with this one.
    case beyondLast
    /// It may go on a text of the record, which holds line ends; or be anything else.
    case doubtful
    /// It is no part of the record, which may go on behind it.
    case foreign
    /// The record is damaged here.
    case damage
  }

  var frame: RecordFrame
  /// The record from its opening on, and before it what else stands in its first line.
  var text: [UInt8]
  /// Where the record begins in `text`.
  var head: Int
  /// Up to where `text` was scanned.
  var scanned: Int
  /// Where the record begins in its source.
  var position: TextPosition
  /// What stands before it, when that may stand before its other lines too.
  var prefix: PrefixShape?
  /// Where the lines begin that fit but may be records by themselves.
  var doubtfulStart: Int?
  /// Bytes of `text` that were searched for such records.
  var examined = 0

  /// A block of lines, or text without braces, longer than this is no record.
  static let blockLimit = 1 << 20
  /// A JSON record longer than this is given up.
  static let jsonLimit = 64 << 20
  /// Lines of a `Span(…)`, which copies wrap.
  static let pythonLineLimit = 64

  /// Whether only the line came that it begins in.
  var isFirstLine: Bool { text.dropLast().firstIndex(of: UInt8(ascii: "\n")) == nil }

  func withRecord<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[head...])) }
  }

  /// Forgets what stands before the record.
  mutating func removeHead() {
    text.removeFirst(head)
    scanned -= head
    doubtfulStart = doubtfulStart.map { max(0, $0 - head) }
    head = 0
    prefix = nil
  }

  /// Judges a line that follows.
  func fit(_ line: UnsafeBufferPointer<UInt8>) -> Fit {
    switch frame {
    case .opening: fitsOpening(line) ? .inside : .foreign
    case .json(let scanner): fitsJSON(line, scanner)
    case .inspect: fitsInspect(line)
    case .pythonText: .doubtful
    case .block(let format): withRecord { format.judge(line, after: $0) }
    }
  }

  private func fitsOpening(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let content = line.trimmed
    if content.isEmpty { return true }
    let whole = [UInt8(ascii: "{"), UInt8(ascii: "\n")] + content
    return whole.withUnsafeBufferPointer { RecordFrame.of($0) != nil }
  }

  private func fitsJSON(
    _ line: UnsafeBufferPointer<UInt8>, _ scanner: JSONScanner
  ) -> Fit {
    if scanner.isInText { return .doubtful }
    var ahead = scanner
    guard case .broken = ahead.scan(line, from: 0) else { return .inside }
    guard let first = line.first(where: { $0 > UInt8(ascii: " ") }) else { return .inside }
    let isIndented = line[0] <= UInt8(ascii: " ")
    // A member or bracket that is indented is the record's own.
    let isOwn = isIndented && (first == UInt8(ascii: "\"") || Self.isClosing(first))
    return isOwn || doubtfulStart != nil ? .damage : .foreign
  }

  private func fitsInspect(_ line: UnsafeBufferPointer<UInt8>) -> Fit {
    guard let first = line.first, first > UInt8(ascii: " "), !Self.isClosing(first) else {
      guard case .inspect(var scanner) = frame else { return .foreign }
      if case .broken = scanner.scan(line, from: 0) { return .damage }
      return .inside
    }
    return .doubtful
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  /// Whether a line in doubt, in which nothing begins, may go on the record.
  func takesDoubtful(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    switch frame {
    case .json(var scanner):
      if case .broken = scanner.scan(line, from: 0) { return false }
      return true
    case .inspect(var scanner):
      guard !InspectScanner.isForeign(line) else { return false }
      if case .broken = scanner.scan(line, from: 0) { return false }
      return true
    case .opening, .pythonText, .block: return true
    }
  }

  /// Adds a line that fits.
  mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
    if doubtfulStart == nil, mayBeRecord(line) { doubtfulStart = text.count }
    text.append(contentsOf: line)
    if case .pythonText(let lines) = frame { frame = .pythonText(lines: lines + 1) }
  }

  /// Takes the last line away, which is none of the record's.
  ///
  /// - Returns: the line, to be taken again.
  mutating func removeLastLine() -> RecordLane.Backlog {
    let start = text.dropLast().lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = Array(text[start...])
    text.removeLast(line.count)
    let before = withRecord { $0.count { $0 == UInt8(ascii: "\n") } }
    return RecordLane.Backlog(
      bytes: line,
      position: TextPosition(
        line: position.line + before, offset: position.offset + text.count - head))
  }

  /// JSON indents what is inside; other formats have lines like those of others.
  private func mayBeRecord(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    switch frame {
    case .json(let scanner):
      scanner.expectsValue
        && (line.first == UInt8(ascii: "{") || line.first == UInt8(ascii: "["))
    case .opening: false
    case .inspect, .pythonText, .block: true
    }
  }
}
