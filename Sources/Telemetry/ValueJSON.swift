/// The canonical JSON of attribute values: how arrays lie in an arena and how any value is shown.
package enum ValueJSON {
  /// Compact JSON. Integers have no point, doubles always a point or an exponent (or are the
  /// strings `"NaN"`, `"Infinity"`, `"-Infinity"`), bytes are base64 text, empty is `null`.
  package static func text(_ value: AttributeValue) -> String {
    var out = ""
    write(value, to: &out)
    return out
  }

  package static func write(_ value: AttributeValue, to out: inout String) {
    switch value {
    case .empty: out += "null"
    case .text(let text): quote(text, to: &out)
    case .bool(let bool): out += bool ? "true" : "false"
    case .integer(let integer): out += String(integer)
    case .double(let double): out += number(double)
    case .bytes(let bytes): quote(Base64.text(bytes), to: &out)
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += "," }
        write(value, to: &out)
      }
      out += "]"
    case .map(let entries):
      out += "{"
      for (index, entry) in entries.enumerated() {
        if index > 0 { out += "," }
        quote(entry.key, to: &out)
        out += ":"
        write(entry.value, to: &out)
      }
      out += "}"
    }
  }

  /// The shortest text that reads back as the same double, always with a point or an exponent.
  package static func number(_ double: Double) -> String {
    guard double.isFinite else {
      return double.isNaN ? "\"NaN\"" : double > 0 ? "\"Infinity\"" : "\"-Infinity\""
    }
    return double.description
  }

  /// A JSON string literal: control characters, quotes and backslashes escaped, the rest as is.
  package static func quote(_ text: some StringProtocol, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
