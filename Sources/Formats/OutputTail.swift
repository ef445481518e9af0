/// The newest lines of other output, oldest first, in one buffer.
///
/// A stream may be all log text, so a line costs a copy of its bytes and no object.
package struct OutputTail: Sendable {
  /// Lines kept at least; up to twice as many are held between clean-ups.
  package static let capacity = 500
  /// Bytes kept of one line: a longer one is cut and ends in `…`.
  package static let lineLimit = 4_096

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  package init() {}

  /// Whether no line is kept; one that is empty counts as a line.
  package var isEmpty: Bool { ends.isEmpty }

  /// At most ``capacity`` lines, oldest first, invalid UTF-8 repaired.
  package var lines: [String] {
    let first = max(0, ends.count - Self.capacity)
    return (first..<ends.count).map { index in
      String(decoding: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]], as: UTF8.self)
    }
  }

  mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
    if line.count > Self.lineLimit {
      var cut = Self.lineLimit
      while cut > 0, line[cut] & 0xC0 == 0x80 { cut -= 1 }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line[..<cut]))
      bytes.append(contentsOf: "…".utf8)
    } else {
      bytes.append(contentsOf: line)
    }
    ends.append(bytes.count)
    if ends.count >= 2 * Self.capacity { trim() }
  }

  mutating func append(_ other: OutputTail) {
    var start = 0
    other.bytes.withUnsafeBufferPointer { theirs in
      for end in other.ends {
        append(UnsafeBufferPointer(rebasing: theirs[start..<end]))
        start = end
      }
    }
  }

  private mutating func trim() {
    let gone = ends.count - Self.capacity
    let cut = ends[gone - 1]
    bytes.removeFirst(cut)
    ends.removeFirst(gone)
    for index in ends.indices { ends[index] -= cut }
  }
}
