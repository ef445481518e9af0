/// The newest lines of other output, oldest first, in one buffer.
///
/// A stream may be all log text, so a line costs a copy of its bytes and no object.
package struct OutputTail: Sendable {
  /// Lines kept at least; up to twice as many are held between clean-ups.
  package static let defaultCapacity = 500
  /// Bytes kept of one line: a longer one is cut and ends in `…`.
  package static let lineLimit = 4_096

  private let capacity: Int?
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var trimmedLines = 0

  /// - Parameter capacity: lines kept; `nil` keeps all of them, for whoever passes them on.
  package init(capacity: Int? = OutputTail.defaultCapacity) { self.capacity = capacity }

  /// Whether no line is kept; one that is empty counts as a line.
  package var isEmpty: Bool { ends.isEmpty }

  /// How many lines there were before the kept ones.
  package var missedLines: Int { trimmedLines + surplus }

  /// Lines held beyond the capacity.
  private var surplus: Int { capacity.map { max(0, ends.count - $0) } ?? 0 }

  /// The newest lines, oldest first, at most as many as the capacity; invalid UTF-8 repaired.
  package var lines: [String] {
    let first = surplus
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
    if let capacity, ends.count >= 2 * capacity { trim() }
  }

  mutating func append(_ other: OutputTail) {
    trimmedLines += other.trimmedLines
    var start = 0
    other.bytes.withUnsafeBufferPointer { theirs in
      for end in other.ends {
        append(UnsafeBufferPointer(rebasing: theirs[start..<end]))
        start = end
      }
    }
  }

  private mutating func trim() {
    let gone = surplus
    guard gone > 0 else { return }
    trimmedLines += gone
    let cut = ends[gone - 1]
    bytes.removeFirst(cut)
    ends.removeFirst(gone)
    for index in ends.indices { ends[index] -= cut }
  }
}
