import Telemetry

/// What log shippers put before every line, so that the lines of each source can be joined again.
///
/// Known: docker compose, kubectl and docker `--timestamps`, CRI, Azure functions, journal. One may
/// stand before another.
struct LinePrefix {
  /// Bytes before the content.
  var length = 0
  /// Tells this source's lines from others': a hash of the prefix without its times.
  var key: UInt64 = 0
  /// CRI's `P`: the content goes on in the next line.
  var isPartial = false

  init(_ line: UnsafeBufferPointer<UInt8>) {
    for _ in 0..<3 {
      let rest = UnsafeBufferPointer(rebasing: line[length...])
      guard let first = rest.first, Self.canBegin(first) else { return }
      guard
        let found = Self.time(rest) ?? Self.azure(rest) ?? Self.compose(rest) ?? Self.journal(rest)
      else { return }
      length += found.length
      key = ByteHash.fold(key ^ found.key)
      if let cri = Self.container(UnsafeBufferPointer(rebasing: line[length...])) {
        length += cri.length
        key = ByteHash.fold(key ^ cri.key)
        isPartial = cri.isPartial
      }
    }
  }

  private static func canBegin(_ byte: UInt8) -> Bool {
    byte == 0x5B || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }

  private typealias Found = (length: Int, key: UInt64)

  /// `2026-11-22T22:57:43.123456789Z `
  private static func time(_ line: UnsafeBufferPointer<UInt8>) -> Found? {
    timeLength(line).flatMap { length in
      length < line.count && line[length] == 0x20 ? (length + 1, 1) : nil
    }
  }

  /// `[2021-06-02T01:10:26.364Z] `
  private static func azure(_ line: UnsafeBufferPointer<UInt8>) -> Found? {
    guard line.first == 0x5B else { return nil }
    let rest = UnsafeBufferPointer(rebasing: line[1...])
    guard let length = timeLength(rest), length + 1 < rest.count, rest[length] == 0x5D,
      rest[length + 1] == 0x20
    else { return nil }
    return (length + 3, 2)
  }

  private static func timeLength(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    let shape: StaticString = "0000-00-00T00:00:00"
    let shapeLength = shape.utf8CodeUnitCount
    guard line.count > shapeLength else { return nil }
    for place in 0..<shapeLength {
      let wanted = shape.utf8Start[place]
      let byte = line[place]
      if wanted == 0x30 ? !isDigit(byte) : byte != wanted { return nil }
    }
    var place = shapeLength
    if line[place] == 0x2E || line[place] == 0x2C {
      place += 1
      while place < line.count, isDigit(line[place]) { place += 1 }
    }
    if place < line.count, line[place] == 0x5A { return place + 1 }
    if place < line.count, line[place] == 0x2B || line[place] == 0x2D {
      place += 1
      while place < line.count, isDigit(line[place]) || line[place] == 0x3A { place += 1 }
      return place
    }
    return nil
  }

  /// `stdout F ` behind the time.
  private static func container(
    _ line: UnsafeBufferPointer<UInt8>
  ) -> (length: Int, key: UInt64, isPartial: Bool)? {
    guard line.count >= 9, line.starts(with: "std"), line[6] == 0x20, line[8] == 0x20,
      line[7] == 0x46 || line[7] == 0x50
    else { return nil }
    return (9, hash(line[..<6]), line[7] == 0x50)
  }

  /// `web-1  | `
  private static func compose(_ line: UnsafeBufferPointer<UInt8>) -> Found? {
    var place = 0
    while place < min(line.count, 80), isName(line[place]) { place += 1 }
    let name = place
    while place < min(line.count, 120), line[place] == 0x20 { place += 1 }
    guard name > 0, place < line.count, line[place] == 0x7C else { return nil }
    // An empty line has nothing behind the bar.
    let hasBlank = place + 1 < line.count && line[place + 1] == 0x20
    return (place + (hasBlank ? 2 : 1), hash(line[..<name]))
  }

  /// `Nov 22 22:57:43 host app[12]: `
  private static func journal(_ line: UnsafeBufferPointer<UInt8>) -> Found? {
    let shape: StaticString = "Aaa 00 00:00:00 "
    let shapeLength = shape.utf8CodeUnitCount
    guard line.count > shapeLength else { return nil }
    for place in 0..<shapeLength {
      let wanted = shape.utf8Start[place]
      let byte = line[place]
      let fits =
        switch wanted {
        case 0x41, 0x61: byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        case 0x30: isDigit(byte) || (place == 4 && byte == 0x20)
        default: byte == wanted
        }
      if !fits { return nil }
    }
    var place = shapeLength
    while place + 1 < min(line.count, 160) {
      if line[place] == 0x3A, line[place + 1] == 0x20 {
        return (place + 2, hash(line[shapeLength..<place]))
      }
      place += 1
    }
    return nil
  }

  private static func hash(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    ByteHash.hash(UnsafeBufferPointer(rebasing: name))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isName(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x2D || byte == 0x5F
      || byte == 0x2E
  }
}
