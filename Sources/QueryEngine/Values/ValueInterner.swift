/// Gives equal values of different lists the same number; "no value" is number 0, and the others
/// have the numbers from 1 on without a gap.
///
/// Values stay where they are. They are numbered by their hashes' ``HashParts``, on all cores when
/// they are many; a number depends on the values and the order of the lists only, never on the
/// cores.
struct ValueInterner: Sendable {
  private var lists: [ValueList] = []
  /// For each number a list in the high half and a position of it in the low half.
  private var first: [UInt64] = [0]

  init() {}

  /// More than the largest number.
  var limit: Int { first.count }

  /// The numbers of all values of some lists, by their positions in the lists; to be called once.
  ///
  /// - Complexity: O(values), their hashes being known.
  mutating func numbers(ofAll lists: [ValueList]) async throws -> [[UInt32]] {
    let sheet = NumberSheet(lists.map(\.count))
    let readings = lists.map { ValueList.Reading($0) }
    let parts = try await HashParts.map(lists.map(\.hashes), from: 1) { part, dealt in
      try withExtendedLifetime(lists) { try Self.number(readings, part, dealt, sheet) }
    }
    var offsets: [UInt32] = []
    first = [0]
    for part in parts {
      // A part's numbers begin at 1, as all do.
      offsets.append(UInt32(truncatingIfNeeded: first.count - 1))
      first += part
    }
    self.lists = lists
    return try await sheet.rows(offsets)
  }

  /// Numbers a part's share of some lists; gives where each number first occurs.
  private static func number(
    _ lists: [ValueList.Reading], _ part: Int, _ dealt: [HashParts], _ sheet: NumberSheet
  ) throws -> [UInt64] {
    var table = ValueTablePart(HashParts.expected(dealt, part))
    try lists.withUnsafeBufferPointer { lists in
      for list in lists.indices {
        try Cancellation.check()
        for location in dealt[list][part] {
          let number = table.number(list, location, lists)
          sheet.set(list, Int(location), number, part)
        }
      }
    }
    return table.first
  }

  /// The list a number first occurs in, and its position there. Number 0 has none.
  func location(_ number: UInt32) -> (values: ValueList, index: Int) {
    guard number > 0 else { return (ValueList(), 0) }
    let location = first[Int(number)]
    return (lists[Int(location >> 32)], Int(truncatingIfNeeded: location & 0xFFFF_FFFF))
  }

  func order(_ a: UInt32, _ b: UInt32) -> Int {
    let (first, second) = (location(a), location(b))
    return first.values.order(first.index, second.values, second.index)
  }
}

/// A share of the values of a ``ValueInterner``, by hash.
private struct ValueTablePart {
  /// Where each number, from 1 on, first occurs, and its hash.
  private(set) var first: [UInt64] = []
  private var hashes: [UInt64] = []
  /// The high half of a value's hash and its number; 0: nothing is here.
  private var slots: [UInt64]

  /// - Parameter expected: values, about.
  init(_ expected: Int) {
    var size = 64
    while size < expected * 2 { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
  }

  @inline(__always)
  mutating func number(
    _ list: Int, _ location: UInt32, _ lists: UnsafeBufferPointer<ValueList.Reading>
  ) -> UInt32 {
    if slots.count < first.count * 2 { grow() }
    let hash = lists[list].hash(Int(location))
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if (slots[slot] ^ hash) &>> 32 == 0 {
        let number = UInt32(truncatingIfNeeded: slots[slot])
        let known = first[Int(number) - 1]
        let knownIndex = Int(truncatingIfNeeded: known & 0xFFFF_FFFF)
        let reading = lists[Int(known >> 32)]
        if reading.isEqual(knownIndex, to: lists[list], Int(location)) {
          // Of equal numbers of both types the integer stands for both, whichever came first.
          if lists[list].isInteger(Int(location)), !reading.isInteger(knownIndex),
            reading.isDouble(knownIndex)
          {
            first[Int(number) - 1] = UInt64(list) << 32 | UInt64(location)
          }
          return number
        }
      }
      slot = (slot + 1) & mask
    }
    first.append(UInt64(list) << 32 | UInt64(location))
    hashes.append(hash)
    let number = UInt32(truncatingIfNeeded: first.count)
    slots[slot] = Self.entry(hash, number)
    return number
  }

  private static func entry(_ hash: UInt64, _ number: UInt32) -> UInt64 {
    hash & 0xFFFF_FFFF_0000_0000 | UInt64(number)
  }

  private mutating func grow() {
    let size = slots.count * 4
    slots = [UInt64](repeating: 0, count: size)
    for (location, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Self.entry(hash, UInt32(truncatingIfNeeded: location + 1))
    }
  }
}
