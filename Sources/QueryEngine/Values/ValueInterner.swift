/// Gives equal values of different segments the same number; "no value" is number 0.
///
/// Values are dealt by their hash to parts that know nothing of each other, so that many values are
/// numbered on all cores. A number says which part it is from: it depends on the values and the
/// order of the lists only, never on the cores.
struct ValueInterner: Sendable {
  private var parts: [ValueTablePart]

  private static let partCount = 16

  /// Fewer values than this are numbered by the caller's thread.
  private static let parallelCount = 10_000

  init() { parts = (0..<Self.partCount).map { _ in ValueTablePart() } }

  /// More than the largest number.
  var limit: Int { (parts.map { $0.values.count }.max() ?? 0) * Self.partCount }

  /// The numbers of all values of some lists, by their places in the lists.
  ///
  /// - Complexity: O(values), their hashes being known.
  mutating func numbers(ofAll lists: [ValueList]) async throws -> [[UInt32]] {
    let count = lists.reduce(0) { $0 + $1.count }
    let old = parts
    let found: [(part: ValueTablePart, numbers: [[UInt32]])]
    if count < Self.parallelCount {
      found = (0..<Self.partCount).map { Self.number(lists, part: $0, old[$0]) }
    } else {
      found = try await Parallel.map(Self.partCount) { Self.number(lists, part: $0, old[$0]) }
    }
    parts = found.map(\.part)
    return lists.indices.map { place in
      var numbers = [UInt32](repeating: 0, count: lists[place].count)
      var next = [Int](repeating: 0, count: Self.partCount)
      for value in 1..<max(1, numbers.count) {
        let part = Self.part(of: lists[place].hashes[value])
        numbers[value] = found[part].numbers[place][next[part]]
        next[part] += 1
      }
      return numbers
    }
  }

  /// The numbers of a part's share of some lists, in their order.
  private static func number(
    _ lists: [ValueList], part: Int, _ table: ValueTablePart
  ) -> (part: ValueTablePart, numbers: [[UInt32]]) {
    var table = table
    let numbers = lists.map { list -> [UInt32] in
      var numbers: [UInt32] = []
      for place in 1..<max(1, list.count) where Self.part(of: list.hashes[place]) == part {
        let own = table.number(list, place)
        numbers.append(own * UInt32(partCount) + UInt32(truncatingIfNeeded: part))
      }
      return numbers
    }
    return (table, numbers)
  }

  @inline(__always)
  private static func part(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> 60) }

  /// The values a number belongs to, and its place there.
  func place(_ number: UInt32) -> (values: ValueList, place: Int) {
    let place = Int(number) / Self.partCount
    return (parts[Int(number) % Self.partCount].values, place)
  }

  func order(_ a: UInt32, _ b: UInt32) -> Int {
    let (first, second) = (place(a), place(b))
    return first.values.order(first.place, second.values, second.place)
  }
}

/// A share of the values of a ``ValueInterner``.
struct ValueTablePart: Sendable {
  private(set) var values = ValueList()
  private var slots = [UInt32](repeating: 0, count: 16)

  mutating func number(_ list: ValueList, _ place: Int) -> UInt32 {
    if slots.count < values.count * 2 { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: list.hashes[place]) & mask
    while slots[slot] != 0 {
      if values.isEqual(Int(slots[slot]), to: list, place) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    let number = UInt32(truncatingIfNeeded: values.count)
    values.append(list, place)
    slots[slot] = number
    return number
  }

  private mutating func grow() {
    let size = slots.count * 4
    slots = [UInt32](repeating: 0, count: size)
    for number in 1..<max(1, values.count) {
      var slot = Int(truncatingIfNeeded: values.hashes[number]) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number)
    }
  }
}
