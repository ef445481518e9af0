import Telemetry

/// Gives equal pairs of numbers of several lists the same number, from 0 on without a gap.
///
/// Pairs are numbered by their hashes' ``HashParts``, on all cores when they are many.
struct PairNumbers: Sendable {
  /// One array a list.
  let numbers: [[UInt32]]
  /// Different pairs.
  let count: Int

  /// - Parameter keys: pairs with the first number in the high half.
  /// - Complexity: O(pairs).
  init(_ keys: [[UInt64]]) async throws {
    let sheet = NumberSheet(keys.map(\.count))
    let hashes = keys.map { $0.map { ByteHash.fold($0) } }
    let counts = try await HashParts.map(hashes, from: 0) { part, dealt in
      var table = PairTable(HashParts.expected(dealt, part))
      for (list, own) in keys.enumerated() {
        try Cancellation.check()
        for index in dealt[list][part] {
          let number = table.number(own[Int(index)], hashes[list][Int(index)])
          sheet.set(list, Int(index), number, part)
        }
      }
      return table.count
    }
    var offsets: [UInt32] = []
    var sum = 0
    for count in counts {
      offsets.append(UInt32(truncatingIfNeeded: sum))
      sum += count
    }
    // Numbers of a part begin at 1, and those of all at 0.
    numbers = try await sheet.rows(offsets.map { $0 &- 1 })
    count = sum
  }
}

/// Numbers 64-bit keys from 1 on.
private struct PairTable {
  private(set) var count = 0
  private var keys: [UInt64]
  /// 0: nothing is here.
  private var numbers: [UInt32]

  init(_ expected: Int) {
    var size = 64
    while size < expected * 2 { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    numbers = [UInt32](repeating: 0, count: size)
  }

  mutating func number(_ key: UInt64, _ hash: UInt64) -> UInt32 {
    if numbers.count < count * 2 { grow() }
    let mask = numbers.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while numbers[slot] != 0 {
      if keys[slot] == key { return numbers[slot] }
      slot = (slot + 1) & mask
    }
    count += 1
    keys[slot] = key
    numbers[slot] = UInt32(truncatingIfNeeded: count)
    return numbers[slot]
  }

  private mutating func grow() {
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 4)
    numbers = [UInt32](repeating: 0, count: oldKeys.count * 4)
    let mask = numbers.count - 1
    for index in oldKeys.indices where oldNumbers[index] != 0 {
      var slot = Int(truncatingIfNeeded: ByteHash.fold(oldKeys[index])) & mask
      while numbers[slot] != 0 { slot = (slot + 1) & mask }
      (keys[slot], numbers[slot]) = (oldKeys[index], oldNumbers[index])
    }
  }
}
