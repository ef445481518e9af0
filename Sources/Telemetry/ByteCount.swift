/// A number of bytes, with the text people read.
package struct ByteCount: Hashable, Comparable, Sendable {
  package let count: Int

  package init(_ count: Int) { self.count = count }

  package static func < (a: Self, b: Self) -> Bool { a.count < b.count }

  /// `812 B`, `3.1 MB`, `2.0 GB`: powers of 1,000, two figures under ten.
  package var short: String {
    var value = Double(count)
    for unit in ["B", "kB", "MB", "GB", "TB"] {
      if value < 999.5 || unit == "TB" {
        guard unit != "B" else { return "\(count) B" }
        guard value < 9.95 else { return "\(Int(value + 0.5)) \(unit)" }
        let tenths = Int(value * 10 + 0.5)
        return "\(tenths / 10).\(tenths % 10) \(unit)"
      }
      value /= 1_000
    }
    return "\(count) B"
  }

  /// Reads `512MiB`, `2GiB`, `2GB`, `1.5G`, `1000000`; nil for anything else.
  ///
  /// `K M G T` with `iB` are powers of 1,024, with `B` or nothing powers of 1,000.
  package init?(text: String) {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits), number >= 0, number < 1e15 else { return nil }
    let unit = text.dropFirst(digits.count).lowercased().filter { $0 != " " }
    let powers = ["": 0, "b": 0, "k": 1, "m": 2, "g": 3, "t": 4]
    let isBinary = unit.hasSuffix("ib")
    let letter =
      isBinary ? String(unit.dropLast(2)) : unit.count == 2 ? String(unit.prefix(1)) : unit
    guard let power = powers[letter], unit.count < 2 || unit.hasSuffix("b") else { return nil }
    var factor = 1.0
    for _ in 0..<power { factor *= isBinary ? 1_024 : 1_000 }
    self.init(Int(number * factor))
  }
}
