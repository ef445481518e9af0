/// A colour as a theme names it.
package enum Color: Hashable, Sendable {
  /// The terminal's own.
  case standard
  /// 0…7, and 8…15 for the bright ones.
  case ansi(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// `default`, `red`, `bright-red`, `#rrggbb`.
  package init?(_ text: String) {
    if text == "default" {
      self = .standard
    } else if let place = Self.names.firstIndex(of: text) {
      self = .ansi(UInt8(place))
    } else if text.hasPrefix("bright-"),
      let place = Self.names.firstIndex(of: String(text.dropFirst(7)))
    {
      self = .ansi(UInt8(place + 8))
    } else if text.hasPrefix("#"), text.utf8.count == 7,
      let value = UInt32(text.dropFirst(), radix: 16)
    {
      self = .rgb(
        red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    } else {
      return nil
    }
  }

  /// Red, green and blue, with the usual values for a terminal's own colours; for pictures.
  package func components(standard: (UInt8, UInt8, UInt8)) -> (
    red: UInt8, green: UInt8, blue: UInt8
  ) {
    switch self {
    case .standard: return standard
    case .ansi(let number):
      let value = Self.usual[Int(number) & 15]
      return (UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    case .rgb(let red, let green, let blue): return (red, green, blue)
    }
  }

  private static let usual: [UInt32] = [
    0x000000, 0xCD3131, 0x0DBC79, 0xE5E510, 0x2472C8, 0xBC3FBC, 0x11A8CD, 0xE5E5E5,
    0x666666, 0xF14C4C, 0x23D18B, 0xF5F543, 0x3B8EEA, 0xD670D6, 0x29B8DB, 0xFFFFFF,
  ]
}

/// How many colours a terminal shows.
package enum ColorDepth: Int, Comparable, Sendable {
  case none = 0
  case eight = 8
  case sixteen = 16
  case palette = 256
  case full = 16_777_216

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Color {
  /// The nearest colour that a terminal of this depth has, as its number; nil: the terminal's own.
  ///
  /// Depth 256: the 6×6×6 cube and the 24 greys of xterm, whichever is nearer.
  package func number(at depth: ColorDepth) -> Int? {
    switch (self, depth) {
    case (.standard, _), (_, .none): return nil
    case (.ansi(let number), .eight): return Int(number & 7)
    case (.ansi(let number), _): return Int(number)
    case (.rgb(let red, let green, let blue), .full):
      let value = Int(red) << 16 | Int(green) << 8 | Int(blue)
      // In direct colour the lowest 256 numbers may be the palette's; a hint of red avoids them.
      return value < 256 ? value | 0x01_0000 : value
    case (.rgb(let red, let green, let blue), .palette):
      return Self.nearestOf256(Int(red), Int(green), Int(blue))
    case (.rgb(let red, let green, let blue), _):
      return Self.nearest(Int(red), Int(green), Int(blue), among: depth == .eight ? 8 : 16)
    }
  }

  private static func nearestOf256(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    let steps = [0, 95, 135, 175, 215, 255]
    let place = { (value: Int) in
      steps.indices.min { abs(steps[$0] - value) < abs(steps[$1] - value) } ?? 0
    }
    let (r, g, b) = (place(red), place(green), place(blue))
    let grey = min(23, max(0, ((red + green + blue) / 3 - 3) / 10))
    let shade = 8 + 10 * grey
    let cube = distance((red, green, blue), (steps[r], steps[g], steps[b]))
    return cube <= distance((red, green, blue), (shade, shade, shade))
      ? 16 + 36 * r + 6 * g + b : 232 + grey
  }

  private static func nearest(_ red: Int, _ green: Int, _ blue: Int, among count: Int) -> Int {
    (0..<count).min { a, b in
      let (x, y) = (usual[a], usual[b])
      let of = { (v: UInt32) in (Int(v >> 16), Int(v >> 8 & 0xFF), Int(v & 0xFF)) }
      return distance((red, green, blue), of(x)) < distance((red, green, blue), of(y))
    } ?? 7
  }

  private static func distance(_ a: (Int, Int, Int), _ b: (Int, Int, Int)) -> Int {
    let (r, g, b) = (a.0 - b.0, a.1 - b.1, a.2 - b.2)
    // Weights of the eye, roughly.
    return 3 * r * r + 6 * g * g + b * b
  }
}
