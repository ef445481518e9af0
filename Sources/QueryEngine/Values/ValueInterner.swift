/// Gives equal values of different segments the same number.
struct ValueInterner {
  private(set) var values = ValueList()
  private var slots = [UInt32](repeating: 0, count: 64)

  /// The numbers of all of a list's values, by their place in the list.
  ///
  /// - Complexity: O(values), their hashes being known.
  mutating func numbers(of list: ValueList) -> [UInt32] {
    reserve(list.count)
    var numbers = [UInt32](repeating: 0, count: list.count)
    // The first value of every list is "no value", which is number 0 here as well.
    for place in 1..<max(1, list.count) { numbers[place] = number(list, place) }
    return numbers
  }

  private mutating func number(_ list: ValueList, _ place: Int) -> UInt32 {
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

  /// Makes room so that at most half of the slots are taken after `count` more values.
  private mutating func reserve(_ count: Int) {
    let wanted = (values.count + count) * 2
    guard slots.count < wanted else { return }
    var size = slots.count
    while size < wanted { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    for number in 1..<max(1, values.count) {
      var slot = Int(truncatingIfNeeded: values.hashes[number]) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number)
    }
  }
}
