package import Telemetry

/// Numbers as people read them: never more digits than mean something.
///
/// Locale-free on purpose, so that a drawing in a test is the drawing on every machine.
package enum Figures {
  /// A whole number with thousands separated: `12,408`.
  package static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude).utf8)
    var text = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }

  /// A count in at most seven cells: exact up to 99,999, then three figures: `124k`, `12.4M`.
  package static func count(_ count: Int) -> String {
    count.magnitude < 100_000 ? grouped(count) : short(Double(count))
  }

  /// Any number in three figures: `0.012`, `1.24`, `640`, `12.4k`, `3.10M`; `–` for none.
  package static func short(_ value: Double?) -> String {
    guard let value, value.isFinite else { return missing }
    let size = abs(value)
    if size == 0 { return "0" }
    if size < 0.0005 { return value < 0 ? ">-0.001" : "<0.001" }
    if size < 0.9995 { return decimals(value, size < 0.0995 ? 3 : 2) }
    var scaled = value
    for unit in ["", "k", "M", "G", "T"] {
      if abs(scaled) < 999.5 || unit == "T" { return threeFigures(scaled, unit) }
      scaled /= 1_000
    }
    return missing
  }

  /// `0.0213` as `2.1 %`; whole above ten, `<0.1 %` for a trace of something.
  package static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return missing }
    let percent = share * 100
    switch percent {
    case 0: return "0 %"
    case ..<0.05: return "<0.1 %"
    case ..<9.95: return decimals(percent, 1) + " %"
    // 99.97 % is not "all of them".
    case 99.5..<100: return "99.\(min(9, Int((percent - 99) * 10))) %"
    default: return decimals(percent, 0) + " %"
    }
  }

  /// Milliseconds as a length with the unit that suits it: `34.2ms`, `1.20s`.
  package static func milliseconds(_ value: Double?) -> String {
    guard let value, value.isFinite else { return missing }
    guard value >= 0 else { return "-" + milliseconds(-value) }
    return Nanoseconds(Int64(min(value * 1_000_000, 9e18).rounded())).short
  }

  /// How long ago, in one unit: `now`, `8s`, `3m`, `2h`, `4d`.
  package static func age(_ length: Nanoseconds) -> String {
    switch length.count / 1_000_000_000 {
    case ..<1: "now"
    case let s where s < 60: "\(s)s"
    case let s where s < 3_600: "\(s / 60)m"
    case let s where s < 86_400: "\(s / 3_600)h"
    case let s: "\(s / 86_400)d"
    }
  }

  /// `45s`, `1m30s`, `2h`, `3d`: two units at most, and none that are zero.
  package static func length(seconds: Int64) -> String {
    let units: [(String, Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]
    guard let first = units.firstIndex(where: { seconds >= $0.1 }) else { return "0s" }
    var text = "\(seconds / units[first].1)\(units[first].0)"
    let rest = seconds % units[first].1
    if first + 1 < units.count, rest >= units[first + 1].1 {
      text += "\(rest / units[first + 1].1)\(units[first + 1].0)"
    }
    return text
  }

  /// `1 span`, `2 spans`, `1 query`, `2 queries`.
  package static func plural(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(self.count(count)) \(count == 1 ? one : many ?? one + "s")"
  }

  /// A rounded figure that is exact without the zeros at its end: `10.0ms` is `10ms`.
  package static func exact(_ figure: String) -> String {
    guard let point = figure.firstIndex(of: ".") else { return figure }
    let digits = figure[figure.index(after: point)...].prefix { $0.isNumber }
    let kept = digits.reversed().drop { $0 == "0" }.reversed()
    let unit = figure[digits.endIndex...]
    return String(figure[..<point]) + (kept.isEmpty ? "" : "." + String(kept)) + unit
  }

  /// What stands where there is no number.
  package static let missing = "–"

  /// `value` with exactly `digits` decimals, rounded half away from zero.
  package static func decimals(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e15 else { return missing }
    let whole = Int64(scaled)
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let fraction = String(whole % Int64(scale))
    let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
    return "\(sign)\(whole / Int64(scale)).\(zeros)\(fraction)"
  }

  private static func threeFigures(_ value: Double, _ unit: String) -> String {
    let size = abs(value)
    // A whole number below a thousand is exact as it stands: `12`, not `12.0`.
    if unit.isEmpty, value == value.rounded() { return decimals(value, 0) }
    return decimals(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0) + unit
  }
}
