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
    } else if let index = Self.names.firstIndex(of: text) {
      self = .ansi(UInt8(index))
    } else if text.hasPrefix("bright-"),
      let index = Self.names.firstIndex(of: String(text.dropFirst(7)))
    {
      self = .ansi(UInt8(index + 8))
    } else if text.hasPrefix("#"), text.utf8.count == 7,
      text.dropFirst().allSatisfy(\.isHexDigit), let value = UInt32(text.dropFirst(), radix: 16)
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

extension Color {
  /// With a share of another in it; the same where either is the terminal's own, for nobody knows
  /// what those look like.
  func mixed(with other: Color, share: Double) -> Color {
    guard case .rgb(let red, let green, let blue) = self,
      case .rgb(let red2, let green2, let blue2) = other
    else { return self }
    let mix = { (a: UInt8, b: UInt8) in
      UInt8((Double(a) + (Double(b) - Double(a)) * min(1, max(0, share))).rounded())
    }
    return .rgb(red: mix(red, red2), green: mix(green, green2), blue: mix(blue, blue2))
  }
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
  /// Depth 256: of xterm's fixed 240, since nobody knows how the first sixteen look.
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
      return XtermPalette.nearest(red: red, green: green, blue: blue)
    case (.rgb(let red, let green, let blue), _):
      return Self.nearest(red, green, blue, among: depth == .eight ? 8 : 16)
    }
  }

  private static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8, among count: Int) -> Int
  {
    let wanted = OKLab(red: red, green: green, blue: blue)
    let distance = { (number: Int) in
      let (red, green, blue) = Color.ansi(UInt8(number)).components(standard: (0, 0, 0))
      return wanted.distance(to: OKLab(red: red, green: green, blue: blue))
    }
    return (0..<count).min { distance($0) < distance($1) } ?? 7
  }
}
