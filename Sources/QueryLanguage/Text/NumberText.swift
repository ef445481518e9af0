import Telemetry

/// Numbers and lengths of time as a query writes them.
enum NumberText {
  /// The number or duration `word` writes, if it writes one: `-5`, `0.25`, `1e9`, `1.5s`, `1h30m`.
  ///
  /// An integer past 64 bits is a double; a double past the largest is infinite, which the parser
  /// refuses unless it is spelt `Infinity`.
  static func literal(_ word: String) -> Literal? {
    if let special = special[word] { return .double(special) }
    let digits = word.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard word.utf8.count - digits.count <= 1,
      let first = digits.first(where: { $0 != UInt8(ascii: ".") }), NameCharacters.isDigit(first)
    else { return nil }
    if let integer = Int64(word) { return .integer(integer) }
    if digits.allSatisfy(isNumeric), let double = Double(word) { return .double(double) }
    return DurationText.parse(word).map { .duration(nanoseconds: $0) }
  }

  private static let special: [String: Double] = [
    "NaN": .nan, "Infinity": .infinity, "-Infinity": -.infinity,
  ]

  private static func isNumeric(_ byte: UInt8) -> Bool {
    NameCharacters.isDigit(byte) || ".eE+-".utf8.contains(byte)
  }

  /// The shortest text that reads back as the same double, never as an integer.
  static func text(_ double: Double) -> String {
    guard double.isFinite else {
      return double.isNaN ? "NaN" : double > 0 ? "Infinity" : "-Infinity"
    }
    return "\(double)".filter { $0 != "+" }
  }
}
