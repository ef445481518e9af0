/// Sorts 64-bit integers by eleven bits at a time, leaving out bits in which none differ.
enum RadixSort {
  private static let bits: UInt64 = 11

  /// - Complexity: O(*n*) for each eleven bits that differ.
  static func sorted(_ values: [Int64]) -> [Int64] {
    guard let first = values.first else { return [] }
    guard values.count > 1_000 else { return values.sorted() }
    let differing = values.reduce(UInt64(0)) { $0 | UInt64(bitPattern: $1 ^ first) }
    var from = values
    var to = values
    var shift: UInt64 = 0
    while shift < 64, differing >> shift != 0 {
      if differing >> shift & (1 << bits - 1) != 0 {
        pass(from, &to, shift)
        swap(&from, &to)
      }
      shift += bits
    }
    return from
  }

  private static func pass(_ from: [Int64], _ to: inout [Int64], _ shift: UInt64) {
    var next = [Int](repeating: 0, count: 1 << Int(bits))
    from.withUnsafeBufferPointer { from in
      to.withUnsafeMutableBufferPointer { to in
        next.withUnsafeMutableBufferPointer { next in
          for value in from { next[digit(value, shift)] &+= 1 }
          var sum = 0
          for index in next.indices {
            let count = next[index]
            next[index] = sum
            sum &+= count
          }
          for value in from {
            let digit = digit(value, shift)
            to[next[digit]] = value
            next[digit] &+= 1
          }
        }
      }
    }
  }

  /// The sign is turned round, so that negative values come first.
  @inline(__always)
  private static func digit(_ value: Int64, _ shift: UInt64) -> Int {
    let ordered = UInt64(bitPattern: value) ^ 1 << 63
    return Int(truncatingIfNeeded: ordered &>> shift & (1 << bits - 1))
  }
}

/// Equal values that lie side by side, as one.
struct NumberRuns: Sequence, IteratorProtocol {
  private let values: [Int64]
  private var index = 0

  init(_ sorted: [Int64]) { values = sorted }

  mutating func next() -> (value: Int64, count: Int)? {
    guard index < values.count else { return nil }
    let start = index
    let value = values[index]
    while index < values.count, values[index] == value { index += 1 }
    return (value, index - start)
  }
}
