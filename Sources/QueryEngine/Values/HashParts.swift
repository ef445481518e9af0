/// Places of a list dealt by the hashes there to parts that have nothing in common, so that equal
/// keys of many lists meet in one part, and each part fits the caches of a core.
struct HashParts: Sendable {
  static let count = 1 << bits
  private static let bits = 6

  /// Fewer keys than this are dealt and numbered by the caller's thread.
  static let parallelCount = 10_000

  private let indices: [UInt32]
  private let starts: [Int]

  /// - Parameter first: the position of the first hash that counts.
  /// - Complexity: O(hashes), two reads of each.
  private init(_ hashes: [UInt64], from first: Int) {
    var starts = [Int](repeating: 0, count: Self.count + 1)
    indices = [UInt32](unsafeUninitializedCapacity: max(0, hashes.count - first)) {
      target, initialized in
      initialized = max(0, hashes.count - first)
      guard initialized > 0 else { return }
      hashes.withUnsafeBufferPointer { hashes in
        starts.withUnsafeMutableBufferPointer { starts in
          for index in first..<hashes.count { starts[Self.part(hashes[index]) &+ 1] &+= 1 }
          for part in 0..<Self.count { starts[part &+ 1] &+= starts[part] }
          withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.count) { next in
            for part in 0..<Self.count { next[part] = starts[part] }
            for index in first..<hashes.count {
              let part = Self.part(hashes[index])
              target[next[part]] = UInt32(truncatingIfNeeded: index)
              next[part] &+= 1
            }
          }
        }
      }
    }
    self.starts = starts
  }

  /// All in part 0.
  private init(undealt range: Range<Int>) {
    indices = range.map { UInt32(truncatingIfNeeded: $0) }
    starts = [0, indices.count]
  }

  @inline(__always)
  private static func part(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash &>> UInt64(64 - bits))
  }

  /// The positions of a part, ascending.
  subscript(part: Int) -> ArraySlice<UInt32> { indices[starts[part]..<starts[part + 1]] }

  /// How many different keys a part may have, for the first size of a table.
  static func expected(_ dealt: [HashParts], _ part: Int) -> Int {
    let counts = dealt.map { $0[part].count }
    return max(counts.max() ?? 0, counts.reduce(0, +) / 8)
  }

  /// Deals several lists and does something with each part, on all cores when there is much to do.
  ///
  /// - Returns: what `body` gives, part by part; of few keys there is one part.
  static func map<Value: Sendable>(
    _ lists: [[UInt64]], from first: Int,
    _ body: @escaping @Sendable (_ part: Int, _ dealt: [HashParts]) throws -> Value
  ) async throws -> [Value] {
    let total = lists.reduce(0) { $0 + $1.count }
    guard total >= parallelCount else {
      let dealt = lists.map { HashParts(undealt: min(first, $0.count)..<$0.count) }
      return [try body(0, dealt)]
    }
    let dealt = try await Parallel.map(lists.count) { HashParts(lists[$0], from: first) }
    // Four parts a task: there are few cores.
    return try await Parallel.map(count, by: 4) { parts in
      try parts.map { try body($0, dealt) }
    }
  }
}

/// Numbers of several lists, filled by several threads, each position by one of them; all zero at first.
final class NumberSheet: @unchecked Sendable {
  private let starts: [Int]
  private let numbers: UnsafeMutableBufferPointer<UInt32>

  init(_ counts: [Int]) {
    var sum = 0
    starts =
      [0]
      + counts.map { count in
        sum += count
        return sum
      }
    numbers = .allocate(capacity: max(1, sum))
    numbers.initialize(repeating: 0)
  }

  deinit { numbers.deallocate() }

  /// - Parameter number: from 1 on, of a part; of which there are ``HashParts/count``.
  @inline(__always)
  func set(_ list: Int, _ index: Int, _ number: UInt32, _ part: Int) {
    numbers[starts[list] &+ index] =
      number &* UInt32(HashParts.count) &+ UInt32(truncatingIfNeeded: part)
  }

  /// One array a list, given what the numbers of each part are moved by; what was not set is zero.
  func rows(_ offsets: [UInt32]) async throws -> [[UInt32]] {
    let row = { @Sendable [self] (list: Int) -> [UInt32] in
      offsets.withUnsafeBufferPointer { offsets in
        numbers[starts[list]..<starts[list + 1]].map { set in
          set == 0 ? 0 : set / UInt32(HashParts.count) &+ offsets[Int(set) % HashParts.count]
        }
      }
    }
    let count = starts.count - 1
    return numbers.count < HashParts.parallelCount
      ? (0..<count).map(row) : try await Parallel.map(count, row)
  }
}
