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
    let sheet = NumberSheet(lists.map(\.count))
    let old = parts
    if sheet.count < Self.parallelCount {
      parts = (0..<Self.partCount).map { Self.number(lists, part: $0, old[$0], sheet) }
    } else {
      parts = try await Parallel.map(Self.partCount) { part in
        Self.number(lists, part: part, old[part], sheet)
      }
    }
    return sheet.rows()
  }

  /// Numbers a part's share of some lists.
  private static func number(
    _ lists: [ValueList], part: Int, _ table: ValueTablePart, _ sheet: NumberSheet
  ) -> ValueTablePart {
    var table = table
    for (row, list) in lists.enumerated() {
      list.hashes.withUnsafeBufferPointer { hashes in
        for place in 1..<max(1, hashes.count) where Self.part(of: hashes[place]) == part {
          let own = table.number(list, place)
          sheet.set(row, place, own &* UInt32(partCount) &+ UInt32(truncatingIfNeeded: part))
        }
      }
    }
    return table
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

/// Numbers of several lists, filled by several threads, each place by one of them; all zero at first.
private final class NumberSheet: @unchecked Sendable {
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

  var count: Int { starts[starts.count - 1] }

  @inline(__always)
  func set(_ row: Int, _ place: Int, _ number: UInt32) { numbers[starts[row] &+ place] = number }

  /// One array a list.
  func rows() -> [[UInt32]] {
    (0..<starts.count - 1).map { Array(numbers[starts[$0]..<starts[$0 + 1]]) }
  }
}
