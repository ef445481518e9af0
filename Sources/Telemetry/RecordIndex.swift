/// Finds again what a batch holds already, by a hash of what it says.
///
/// Exporters repeat resource and scope with every request, and some services run on hundreds of
/// hosts that take turns.
package struct RecordIndex: Sendable {
  /// The hash of each record and its index plus one; index zero: free.
  private var slots: [(hash: UInt32, index: UInt32)] = []
  private var count = 0

  package init() {}

  var heapBytes: Int { slots.capacity * 8 }

  mutating func removeAll() {
    slots.removeAll(keepingCapacity: true)
    count = 0
  }

  /// The index of a record that was inserted with this hash and is the same.
  ///
  /// - Complexity: O(1), with a call of `isSame` for each record of the same hash.
  package func find(_ hash: UInt32, isSame: (Int) -> Bool) -> UInt32? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].index != 0 {
      let slot = slots[index]
      if slot.hash == hash, isSame(Int(slot.index) - 1) { return slot.index - 1 }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Adds a record that ``find(_:isSame:)`` did not know; it is not looked for again.
  ///
  /// - Complexity: O(1), amortized.
  package mutating func insert(_ hash: UInt32, _ index: Int) {
    count += 1
    if count * 4 > slots.count * 3 { grow() }
    put((hash, UInt32(truncatingIfNeeded: index + 1)))
  }

  private mutating func put(_ slot: (hash: UInt32, index: UInt32)) {
    let mask = slots.count - 1
    var index = Int(slot.hash) & mask
    while slots[index].index != 0 { index = (index + 1) & mask }
    slots[index] = slot
  }

  private mutating func grow() {
    let held = slots.filter { $0.index != 0 }
    slots = Array(repeating: (0, 0), count: max(16, slots.count * 2))
    for slot in held { put(slot) }
  }
}
