#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A colour by lightness and two axes of hue, in which distance is what an eye sees.
///
/// Source: B. Ottosson, A perceptual color space for image processing, 2020.
struct OKLab: Hashable, Sendable {
  /// 0 black … 1 white.
  let lightness: Double
  let a: Double
  let b: Double

  init(red: UInt8, green: UInt8, blue: UInt8) {
    let (r, g, b) = (Self.linear(red), Self.linear(green), Self.linear(blue))
    let l = cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b)
    let m = cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b)
    let s = cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b)
    lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s
    a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s
    self.b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s
  }

  /// The square of the distance.
  func distance(to other: OKLab) -> Double {
    let (dl, da, db) = (lightness - other.lightness, a - other.a, b - other.b)
    return dl * dl + da * da + db * db
  }

  private static func linear(_ value: UInt8) -> Double {
    let share = Double(value) / 255
    return share <= 0.040_45 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}

/// The fixed part of xterm's 256 colours: a cube of 6×6×6 from 16, and 24 greys from 232.
enum XtermPalette {
  static let colors: [(red: UInt8, green: UInt8, blue: UInt8)] = {
    let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
    var colors: [(red: UInt8, green: UInt8, blue: UInt8)] = []
    for red in steps {
      for green in steps {
        for blue in steps { colors.append((red, green, blue)) }
      }
    }
    for step in 0..<UInt8(24) {
      let grey = 8 + 10 * step
      colors.append((grey, grey, grey))
    }
    return colors
  }()

  private static let seen = colors.map { OKLab(red: $0.red, green: $0.green, blue: $0.blue) }

  /// The number, 16…255, of the colour that looks most like this one.
  static func nearest(red: UInt8, green: UInt8, blue: UInt8) -> Int {
    let wanted = OKLab(red: red, green: green, blue: blue)
    var best = 0
    var least = Double.infinity
    for (index, color) in seen.enumerated() {
      let distance = wanted.distance(to: color)
      if distance < least { (best, least) = (index, distance) }
    }
    return best + 16
  }
}
