/// Finds the end of a JSON object that begins at its opening brace, byte by byte, resumable.
struct BraceScanner {
  private var depth = 0
  /// Container of each depth, the innermost in the lowest bit: set for an object.
  private var containers: UInt64 = 0
  private(set) var isInString = false
  private var isEscaped = false
  /// The last byte outside of texts that is no blank.
  private var last: UInt8 = 0
  /// A line ended inside a text: JSON has none, but wrapped copies do.
  private var brokeLine = false

  enum Outcome: Equatable {
    /// The closing brace is the byte before this place.
    case closed(Int)
    /// Nothing goes on like this; the place tells how far it was read.
    case broken(Int)
    case unfinished
  }

  /// Scans on from `place`.
  ///
  /// - Complexity: O(bytes).
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
    // A local copy lives in registers.
    var scanner = self
    defer { self = scanner }
    return scanner.run(bytes, from: start)
  }

  @inline(__always)
  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
    guard let base = bytes.baseAddress else { return .unfinished }
    var place = start
    while place < bytes.count {
      let byte = base[place]
      if isInString {
        if !isEscaped, !brokeLine {
          place = Self.plainText(base, from: place, to: bytes.count)
          guard place < bytes.count else { break }
        }
        let byte = base[place]
        if !passText(byte) { return .broken(place) }
        place += 1
        continue
      }
      switch byte {
      case 0x22:
        isInString = true
        last = byte
      case 0x7B, 0x5B:
        // An object may follow `[`, `,` in a list, or `:`; anything else begins a new record.
        guard depth == 0 || isValuePlace else { return .broken(place) }
        depth += 1
        containers = containers << 1 | (byte == 0x7B ? 1 : 0)
        last = byte
      case 0x7D, 0x5D:
        depth -= 1
        containers >>= 1
        last = byte
        if depth <= 0 { return .closed(place + 1) }
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: last = byte
      }
      place += 1
    }
    return .unfinished
  }

  /// The place of the next byte of a text that means something: a quote, a backslash, a line end.
  @inline(__always)
  private static func plainText(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    let raw = UnsafeRawPointer(base)
    var place = start
    while place &+ 8 <= end {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      let hits =
        zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | zeros(word ^ ones &* 0x0A)
      if hits != 0 { return place &+ hits.trailingZeroBitCount >> 3 }
      place &+= 8
    }
    while place < end, base[place] != 0x22, base[place] != 0x5C, base[place] != 0x0A {
      place &+= 1
    }
    return place
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// The high bit of the lowest byte that is zero, and perhaps of some above it.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- ones) & ~word & 0x8080_8080_8080_8080
  }

  private var isValuePlace: Bool {
    // Deeper than 64 the containers are forgotten, and everything is allowed.
    if depth > 64 { return true }
    return containers & 1 == 1 ? last == 0x3A : last == 0x5B || last == 0x2C
  }

  @inline(__always)
  private mutating func passText(_ byte: UInt8) -> Bool {
    if isEscaped {
      isEscaped = false
    } else if byte == 0x5C {
      isEscaped = true
    } else if byte == 0x22 {
      isInString = false
    } else if byte == 0x0A {
      brokeLine = true
      return true
    } else if brokeLine, byte == 0x7B {
      // The line was cut inside a text and the next one begins a record.
      return false
    }
    if byte != 0x0D { brokeLine = false }
    return true
  }
}
