extension Grid {
  /// Two values of a heatmap in one cell, the upper over the lower, each 0…1; nil draws nothing.
  ///
  /// Half blocks where the character set has them. In ASCII the larger picks the character, so
  /// that the picture reads without colours too; a theme without colours does the same.
  package mutating func heat(x: Int, y: Int, upper: Double?, lower: Double?) {
    guard upper != nil || lower != nil else { return }
    let most = Grid.level(max(upper ?? 0, lower ?? 0))
    guard glyphs.isUnicode else {
      let behind = self[x, y].ink.back
      draw(Glyphs.shade(most), x, y, Ink(front: .heat(most), back: behind))
      return
    }
    switch (upper.map(Grid.level), lower.map(Grid.level)) {
    case (let upper?, let lower?) where upper == lower:
      draw("█", x, y, Ink(front: .heat(upper), back: .heat(lower)))
    case (let upper?, let lower?):
      draw("▀", x, y, Ink(front: .heat(upper), back: .heat(lower)))
    case (let upper?, nil):
      draw("▀", x, y, Ink(front: .heat(upper), back: self[x, y].ink.back))
    case (nil, let lower?):
      draw("▄", x, y, Ink(front: .heat(lower), back: self[x, y].ink.back))
    case (nil, nil): break
    }
  }

  /// The step of the ramp for a share; what is not a number is the least.
  package static func level(_ share: Double) -> UInt8 {
    share.isFinite ? UInt8((min(1, max(0, share)) * 255).rounded()) : 0
  }
}

extension Glyphs {
  /// The shade of a step of the heat ramp, for pictures without colours: never blank.
  package static func shade(_ level: UInt8) -> Character {
    shades[1 + Int(level) * (shades.count - 2) / 255]
  }
}
