/// The blanks that a line begins with.
///
/// Tabs reach to the next multiple of eight columns, so that a line reads the same when a terminal
/// has turned its tabs into blanks.
struct Indentation {
  static let tabWidth = 8

  private(set) var bytes = 0
  private(set) var columns = 0

  init(_ line: UnsafeBufferPointer<UInt8>) {
    for byte in line {
      switch byte {
      case UInt8(ascii: " "): columns += 1
      case UInt8(ascii: "\t"): columns += Self.tabWidth - columns % Self.tabWidth
      default: return
      }
      bytes += 1
    }
  }
}
