import Telemetry

/// Instants and lengths of time as JSON senders write them.
///
/// A number whose unit nothing names is told by its size: from 1973 to 5138, seconds since 1970 have
/// at most 11 digits before the point, milliseconds 12 to 14, microseconds 15 to 17, nanoseconds more.
/// So less than 10^11 are seconds, less than 10^14 milliseconds, less than 10^17 microseconds.
enum TimeValue {
  /// What a number counts; raw values are its nanoseconds.
  enum Unit: UInt64 {
    case nanoseconds = 1
    case microseconds = 1_000
    case milliseconds = 1_000_000
    case seconds = 1_000_000_000

    /// The unit of an instant of so many.
    init(sizeOf number: Double) {
      self =
        number < 1e11
        ? .seconds : number < 1e14 ? .milliseconds : number < 1e17 ? .microseconds : .nanoseconds
    }
  }

  /// An instant; nil when it is none.
  ///
  /// Beside numbers: RFC 3339, `[seconds, nanoseconds]`, `{"seconds":…,"nanos":…}`, MongoDB's
  /// `{"$date":…}`, and the two halves of a 64-bit number.
  ///
  /// - Parameter unit: of whole numbers; nil: told by their size. Fractions always are.
  static func instant(_ value: TapeValue, _ unit: Unit?) -> UInt64? {
    switch value.kind {
    case .text: return instant(value.uncheckedText, unit)
    case .integer, .unsigned:
      guard let number = OTLPNumbers.unsigned(value) else { return nil }
      return scaled(number, unit ?? Unit(sizeOf: Double(number)))
    case .double: return value.double.flatMap { fraction($0) }
    case .array: return pair(value)
    case .object:
      if let number = OTLPNumbers.unsigned(value) {
        return scaled(number, unit ?? Unit(sizeOf: Double(number)))
      }
      if value.count == 1, let date = value.member("$date") { return instant(date, .milliseconds) }
      return parts(value)
    case .yes, .no, .null: return nil
    }
  }

  static func instant(_ sent: UnsafeBufferPointer<UInt8>, _ unit: Unit?) -> UInt64? {
    var text = sent.trimmed
    // JavaScript's big numbers.
    if text.last == UInt8(ascii: "n") { text = text.part(0..<(text.count - 1)) }
    if let number = OTLPNumbers.unsigned(text) ?? OddNumber.hex(text) {
      return scaled(number, unit ?? Unit(sizeOf: Double(number)))
    }
    if let nanos = ConsoleTime.nanoseconds(text) { return nanos }
    guard let decimal = Decimal(text), !decimal.isNegative else { return nil }
    let named = decimal.hasFraction ? nil : unit
    return decimal.nanoseconds(named ?? Unit(sizeOf: Double(decimal.whole)))
  }

  /// A length of time; nil when it is none. Texts may name their unit: `0.032187s`, `1.5ms`.
  ///
  /// - Parameter unit: of numbers without one.
  static func length(_ value: TapeValue, _ unit: Unit) -> Int64? {
    switch value.kind {
    case .integer, .unsigned:
      guard let number = value.integer else { return nil }
      let (nanos, isOver) = number.multipliedReportingOverflow(by: Int64(unit.rawValue))
      return isOver ? nil : nanos
    case .double:
      guard let number = value.double else { return nil }
      return Int64(exactly: (number * Double(unit.rawValue)).rounded())
    case .text: return length(value.uncheckedText, unit)
    case .array: return pair(value).flatMap { Int64(exactly: $0) }
    case .object:
      if let number = OTLPNumbers.unsigned(value) {
        return scaled(number, unit).flatMap { Int64(exactly: $0) }
      }
      return parts(value).flatMap { Int64(exactly: $0) }
    case .yes, .no, .null: return nil
    }
  }

  /// - Parameter unit: of a number without one. `1m2.5s`, `PT62.5S` and `[d.]hh:mm:ss.f` have theirs.
  static func length(_ sent: UnsafeBufferPointer<UInt8>, _ unit: Unit) -> Int64? {
    let text = sent.trimmed
    if let nanos = DurationSpelling.nanoseconds(text) { return nanos }
    let end = text.lastIndex { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? -1
    let word = text.part((end + 1)..<text.count).trimmed
    let named: Unit?
    switch String(decoding: word, as: UTF8.self) {
    case "": named = unit
    case "s", "sec", "seconds": named = .seconds
    case "ms", "milliseconds": named = .milliseconds
    case "us", "\u{B5}s", "\u{3BC}s", "microseconds": named = .microseconds
    case "ns", "nanoseconds": named = .nanoseconds
    default: named = nil
    }
    guard let named, let decimal = Decimal(text.part(0..<(end + 1))),
      let nanos = decimal.nanoseconds(named).flatMap({ Int64(exactly: $0) })
    else { return nil }
    return decimal.isNegative ? -nanos : nanos
  }

  private static func scaled(_ number: UInt64, _ unit: Unit) -> UInt64? {
    let (nanos, isOver) = number.multipliedReportingOverflow(by: unit.rawValue)
    return isOver ? nil : nanos
  }

  /// A double holds a quarter of a microsecond of today's seconds, so what is less is noise.
  private static func fraction(_ number: Double) -> UInt64? {
    guard number >= 0, number < 1.8e19 else { return nil }
    let unit = Unit(sizeOf: number)
    // The decimal digits that were sent are the shortest that give the double.
    if unit == .nanoseconds { return Decimal(shortest: number)?.nanoseconds(.nanoseconds) }
    let micros = (number * (Double(unit.rawValue) / 1_000)).rounded()
    return UInt64(exactly: micros).flatMap { scaled($0, .microseconds) }
  }

  /// `[seconds, nanoseconds]`
  private static func pair(_ list: TapeValue) -> UInt64? {
    var parts = TapeElements(list)
    guard list.count == 2, parts.next(), let seconds = OTLPNumbers.unsigned(parts.value),
      parts.next(), let nanos = OTLPNumbers.unsigned(parts.value), nanos < 1_000_000_000
    else { return nil }
    return sum(seconds, nanos)
  }

  /// `{"seconds":…,"nanos":…}` as protobuf's Timestamp is printed, and what Rust's `SystemTime` is.
  private static func parts(_ object: TapeValue) -> UInt64? {
    let seconds =
      object.member("seconds") ?? object.member("secs_since_epoch") ?? object.member("secs")
    let nanos =
      object.member("nanos") ?? object.member("nanos_since_epoch") ?? object.member("nanoseconds")
    guard let seconds = seconds.flatMap(OTLPNumbers.unsigned) else { return nil }
    return sum(seconds, nanos.flatMap(OTLPNumbers.unsigned) ?? 0)
  }

  private static func sum(_ seconds: UInt64, _ nanos: UInt64) -> UInt64? {
    guard let whole = scaled(seconds, .seconds) else { return nil }
    let (sum, isOver) = whole.addingReportingOverflow(nanos)
    return isOver ? nil : sum
  }
}

/// A decimal number in a text, exactly: binary fractions would lose nanoseconds.
struct Decimal {
  var whole: UInt64 = 0
  /// Nine digits behind the point.
  var billionths: UInt64 = 0
  var hasFraction = false
  var isNegative = false

  /// The shortest decimal number that is read as the double.
  init?(shortest number: Double) {
    var text = "\(number)"
    guard let decimal = text.withUTF8({ Decimal($0) }) else { return nil }
    self = decimal
  }

  init?(_ text: UnsafeBufferPointer<UInt8>) {
    if let mark = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      guard let plain = Self.withoutExponent(text, mark) else { return nil }
      guard let decimal = plain.withUnsafeBufferPointer({ Decimal($0) }) else { return nil }
      self = decimal
      return
    }
    var position = 0
    if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      position = 1
    }
    let point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
    guard position < point || point + 1 < text.count else { return nil }
    if position < point {
      guard text[position] != UInt8(ascii: "-"),
        let whole = OTLPNumbers.unsigned(text.part(position..<point))
      else { return nil }
      self.whole = whole
    }
    guard point < text.count else { return }
    hasFraction = true
    var scale: UInt64 = 100_000_000
    for byte in text.part((point + 1)..<text.count) {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      billionths += UInt64(byte - UInt8(ascii: "0")) * scale
      scale /= 10
    }
  }

  /// `1.5e3` as `1500.`
  private static func withoutExponent(
    _ text: UnsafeBufferPointer<UInt8>, _ mark: Int
  ) -> [UInt8]? {
    let sign = text.part((mark + 1)..<text.count)
    let digits = sign.first == UInt8(ascii: "+") ? sign.part(1..<sign.count) : sign
    guard let exponent = OTLPNumbers.integer(digits), (-30...30).contains(exponent) else {
      return nil
    }
    let mantissa = text.part(0..<mark)
    let isNegative = mantissa.first == UInt8(ascii: "-")
    var plain = Array(mantissa.part((isNegative ? 1 : 0)..<mantissa.count))
    var point = plain.firstIndex(of: UInt8(ascii: ".")) ?? plain.count
    plain.removeAll { $0 == UInt8(ascii: ".") }
    let zero = UInt8(ascii: "0")
    point += Int(exponent)
    if point < 0 {
      plain.insert(contentsOf: repeatElement(zero, count: -point), at: 0)
      point = 0
    } else if point > plain.count {
      plain.append(contentsOf: repeatElement(zero, count: point - plain.count))
    }
    if point < plain.count, plain[point...].contains(where: { $0 != zero }) {
      plain.insert(UInt8(ascii: "."), at: point)
    } else {
      plain.removeSubrange(point...)
    }
    if point == 0 { plain.insert(zero, at: 0) }
    return isNegative ? [UInt8(ascii: "-")] + plain : plain
  }

  func nanoseconds(_ unit: TimeValue.Unit) -> UInt64? {
    let (nanos, isOver) = whole.multipliedReportingOverflow(by: unit.rawValue)
    let (sum, isOverToo) = nanos.addingReportingOverflow(
      billionths / (1_000_000_000 / unit.rawValue))
    return isOver || isOverToo ? nil : sum
  }
}
