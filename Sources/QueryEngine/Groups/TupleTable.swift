/// Numbers distinct tuples of value numbers in order of first appearance.
struct TupleTable {
  private let width: Int
  private(set) var values: [UInt32] = []
  private(set) var count = 0
  private var slots: [UInt32]

  /// - Parameter limit: more than the largest number in a tuple of one, which needs no hashing.
  init(width: Int, limit: Int) {
    self.width = width
    slots = [UInt32](repeating: 0, count: width == 1 ? limit : 64)
  }

  mutating func number(of tuple: [UInt32]) -> UInt32 {
    if width == 1 {
      let slot = Int(tuple[0])
      if slots[slot] == 0 { add(tuple, slot) }
      return slots[slot] - 1
    }
    if slots.count < (count + 1) * 2 { grow() }
    let mask = slots.count - 1
    var slot = hash(tuple, 0) & mask
    while slots[slot] != 0 {
      if isEqual(Int(slots[slot]) - 1, tuple) { return slots[slot] - 1 }
      slot = (slot + 1) & mask
    }
    add(tuple, slot)
    return slots[slot] - 1
  }

  private mutating func add(_ tuple: [UInt32], _ slot: Int) {
    values.append(contentsOf: tuple)
    count += 1
    slots[slot] = UInt32(truncatingIfNeeded: count)
  }

  private func isEqual(_ number: Int, _ tuple: [UInt32]) -> Bool {
    for field in 0..<width where values[number &* width &+ field] != tuple[field] { return false }
    return true
  }

  /// Of the tuple that begins at `start`.
  private func hash(_ numbers: [UInt32], _ start: Int) -> Int {
    var state: UInt64 = 0
    for place in start..<start + width {
      state = (state ^ UInt64(numbers[place])) &* 0x9E37_79B9_7F4A_7C15
      state ^= state &>> 29
    }
    return Int(truncatingIfNeeded: state &>> 1)
  }

  private mutating func grow() {
    let size = slots.count * 4
    slots = [UInt32](repeating: 0, count: size)
    for number in 0..<count {
      var slot = hash(values, number * width) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number + 1)
    }
  }
}
