import QueryLanguage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FunctionRule {
  static let conversions: [FunctionRule] = [
    FunctionRule(.toInteger) { values, _ in
      if case .bool(let bool)? = values.first { return .integer(bool ? 1 : 0) }
      guard let number = values.first?.spelt,
        let whole = Int64(exactly: number.rounded(.towardZero))
      else { return .missing }
      return .integer(whole)
    },
    FunctionRule(.toNumber) { values, _ in
      if case .bool(let bool)? = values.first { return .double(bool ? 1 : 0) }
      return values.first?.spelt.map { .double($0) } ?? .missing
    },
    FunctionRule(.toText) { values, _ in values.first?.shown.map { .text($0) } ?? .missing },
    FunctionRule(.hour) { values, _ in
      parts(values).map { .integer(Int64($0.tm_hour)) } ?? .missing
    },
    FunctionRule(.weekday) { values, _ in
      parts(values).map { .integer(Int64(($0.tm_wday + 6) % 7 + 1)) } ?? .missing
    },
    FunctionRule(.timeText) { values, _ in
      guard values.count == 2, let time = parts(values), case .text(let format) = values[1] else {
        return .missing
      }
      return .text(text(time, format))
    },
  ]

  /// Of an instant, UTC.
  private static func parts(_ values: [ResultValue]) -> tm? {
    guard case .time(let nanoseconds)? = values.first else { return nil }
    var seconds = time_t(nanoseconds / 1_000_000_000)
    var parts = tm()
    return gmtime_r(&seconds, &parts) == nil ? nil : parts
  }

  private static func text(_ time: tm, _ format: String) -> String {
    func padded(_ number: Int32, _ width: Int) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var text = ""
    var isSpecial = false
    for character in format {
      guard isSpecial else {
        if character == "%" { isSpecial = true } else { text.append(character) }
        continue
      }
      isSpecial = false
      let date = {
        padded(time.tm_year + 1900, 4) + "-" + padded(time.tm_mon + 1, 2) + "-"
          + padded(time.tm_mday, 2)
      }
      switch character {
      case "Y": text += padded(time.tm_year + 1900, 4)
      case "m": text += padded(time.tm_mon + 1, 2)
      case "d": text += padded(time.tm_mday, 2)
      case "H": text += padded(time.tm_hour, 2)
      case "M": text += padded(time.tm_min, 2)
      case "S": text += padded(time.tm_sec, 2)
      case "F": text += date()
      case "T":
        text +=
          padded(time.tm_hour, 2) + ":" + padded(time.tm_min, 2) + ":" + padded(time.tm_sec, 2)
      case "j": text += padded(time.tm_yday + 1, 3)
      case "u": text += "\((time.tm_wday + 6) % 7 + 1)"
      case "%": text += "%"
      default: text += "%\(character)"
      }
    }
    return text
  }
}
