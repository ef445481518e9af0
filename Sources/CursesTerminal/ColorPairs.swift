import CNcurses

/// Pairs of front and back colour, made when first drawn and never given up.
///
/// Terminals of 256 colours and more have 65,536 pairs, far more than a theme can ask for.
/// Those of 8 colours have 64: what is beyond takes the front on the ordinary background.
struct ColorPairs {
  private var known: [UInt64: Int32] = [:]
  private var used: Int32 = 0

  /// -1 is the terminal's own colour.
  mutating func pair(front: Int32, back: Int32) -> Int32 {
    if front < 0, back < 0 { return 0 }
    let key = UInt64(UInt32(bitPattern: front)) << 32 | UInt64(UInt32(bitPattern: back))
    if let pair = known[key] { return pair }
    guard used + 1 < curses_pairs(), init_extended_pair(used + 1, front, back) != ERR else {
      return known[UInt64(UInt32(bitPattern: front)) << 32 | 0xFFFF_FFFF] ?? 0
    }
    used += 1
    known[key] = used
    return used
  }
}
