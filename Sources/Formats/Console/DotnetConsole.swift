import Telemetry

/// .NET's `ConsoleActivityExporter`, 1.0 to 1.18: labelled lines that an empty line ends.
///
/// Source of the shapes: `src/OpenTelemetry.Exporter.Console/ConsoleActivityExporter.cs`.
enum DotnetConsole {
  /// Log text may well speak of `Activity.TraceId:`, but without an id behind.
  static func begins(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.starts(with: "Activity.TraceId:") else { return false }
    var offset = 17
    while offset < line.count, line[offset] == 0x20 { offset += 1 }
    let start = offset
    while offset < line.count, HexDigits.value(line[offset]) != nil { offset += 1 }
    return offset - start == 32
  }

  /// Values are not escaped, so an empty line may be one's: it ends the block only when the
  /// resource, which comes last, was printed. Any line that has no label may be one's too.
  static func judge(
    _ block: UnsafeBufferPointer<UInt8>, _ line: UnsafeBufferPointer<UInt8>
  ) -> OpenRecord.Fit {
    switch line.first {
    case nil: return .inside
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return hasResource(block) ? .last : .inside
    case UInt8(ascii: " "):
      switch line.indentation {
      case 3, 4, 8: return isMember(line.trimmed) ? .inside : .doubtful
      case 6: return .foreign
      default: return .doubtful
      }
    case UInt8(ascii: "L") where line.starts(with: "LogRecord.Timestamp:"): return .beyond
    case UInt8(ascii: "M") where line.starts(with: "Metric Name:"): return .beyond
    case UInt8(ascii: "A") where line.starts(with: "Activity.TraceId:"): return .beyond
    default: break
    }
    let labels: [StaticString] = [
      "Activity.", "StatusCode", "Instrumentation scope", "Resource associated with Activity",
    ]
    if labels.contains(where: { line.starts(with: $0) }) { return .inside }
    return isLog(line) ? .foreign : .doubtful
  }

  /// Members begin with a name or an id; lines of JSON do not.
  private static func isMember(_ content: UnsafeBufferPointer<UInt8>) -> Bool {
    switch content.first {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "\""):
      false
    default: true
    }
  }

  private static func hasResource(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteSearch.has("\nResource associated with Activity", in: block)
  }

  /// Whether the lines that every span has were printed, and an empty line that is not in the
  /// midst of a text.
  static func isWhole(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    guard ByteSearch.has("\nActivity.SpanId:", in: block),
      ByteSearch.has("\nActivity.Duration:", in: block)
    else { return false }
    let lines = block.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // Behind the last line end stands nothing.
    guard lines.count > 2, UnsafeBufferPointer(rebasing: lines[lines.count - 2]).trimmed.isEmpty
    else { return false }
    return judge(block, UnsafeBufferPointer(rebasing: lines[lines.count - 3])) == .inside
  }

  /// `info: Category[0]` of ASP.NET's console logger, whose message follows, indented by six.
  private static func isLog(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let levels: [StaticString] = ["info: ", "warn: ", "fail: ", "dbug: ", "crit: ", "trce: "]
    return levels.contains { line.starts(with: $0) }
  }

  /// `[-][d.]hh:mm:ss[.fffffff]`, .NET's `TimeSpan`, in nanoseconds.
  static func duration(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var words = String(decoding: text, as: UTF8.self)[...]
    let isNegative = words.first == "-"
    if isNegative { words = words.dropFirst() }
    let parts = words.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let front = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let back = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard front.count <= 2, back.count <= 2,
      let days = front.count == 2 ? whole(front[0], 99_999) : 0,
      let hour = front.last.flatMap({ whole($0, 23) }), let minute = whole(parts[1], 59),
      let second = back.first.flatMap({ whole($0, 59) }),
      let ticks = back.count == 2 ? whole(back[1].prefix(7), 9_999_999) : 0
    else { return nil }
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    let nanos = seconds * 1_000_000_000 + ticks * 100
    return isNegative ? -nanos : nanos
  }

  /// A number of digits alone, at most `limit`.
  private static func whole(_ digits: Substring, _ limit: Int64) -> Int64? {
    guard digits.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let number = Int64(digits), number <= limit
    else { return nil }
    return number
  }

  /// An event's time in the culture of the machine, such as `11/22/2026 10:57:47 PM +00:00`.
  ///
  /// Whether the day or the month comes first is told by the span; without its help the month.
  static func eventTime(_ text: UnsafeBufferPointer<UInt8>, _ span: SpanRecord) -> UInt64? {
    let words = String(decoding: text, as: UTF8.self)
    let numbers = words.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count >= 6 else { return nil }
    var hour = numbers[3]
    if words.contains("PM"), hour < 12 { hour += 12 }
    if words.contains("AM"), hour == 12 { hour = 0 }
    let clock = pad(hour, 2) + ":" + pad(numbers[4], 2) + ":" + pad(numbers[5], 2)
    let offset = words.last.map { $0.isNumber } == true ? words.suffix(6) : "Z"
    let orders = numbers[0] > 31 ? [(0, 1, 2)] : [(2, 0, 1), (2, 1, 0)]
    var first: UInt64?
    for (year, month, day) in orders {
      let date = pad(numbers[year], 4) + "-" + pad(numbers[month], 2) + "-" + pad(numbers[day], 2)
      var iso = "\(date)T\(clock)\(offset)"
      guard let time = iso.withUTF8({ ConsoleTime.nanoseconds($0) }) else { continue }
      // Only whole seconds are printed.
      let second: UInt64 = 1_000_000_000
      if time &+ second > span.start, time <= span.end { return max(time, span.start) }
      if first == nil { first = time }
    }
    return first
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
