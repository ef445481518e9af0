import Telemetry

/// Gives each distinct text of a column a code, in order of appearance.
///
/// One flat open-addressing table, one stretch of bytes: a text known already costs a hash, about
/// one cache line of the table and a comparison. The table is what the caches miss, so a slot has
/// four bytes: the code plus one in as many bits as the table's size has, and above them those bits
/// of the hash that did not choose the slot.
struct TextCoder: ~Copyable {
  private var bytes = GrowingBuffer<UInt8>()
  /// Where each text ends, after a zero.
  private var offsets = GrowingBuffer<UInt32>()
  /// Zero: free.
  private var slots = GrowingBuffer<UInt32>()
  /// The hash of each text.
  private var hashes = GrowingBuffer<UInt32>()

  init() {}

  var count: Int { hashes.count }

  @inline(__always)
  mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: ByteHash.hash(text))
    if offsets.count &* 4 >= slots.count &* 3 { grow() }
    let mask = UInt32(truncatingIfNeeded: slots.count &- 1)
    var index = hash & mask
    while true {
      let slot = slots.base[Int(index)]
      if slot == 0 { return add(text, hash, index) }
      if (slot ^ hash) & ~mask == 0 {
        let code = (slot & mask) &- 1
        if ByteHash.isEqual(self[Int(code)], text) { return code }
      }
      index = (index &+ 1) & mask
    }
  }

  @inline(__always)
  subscript(code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets.base[code])
    return UnsafeBufferPointer(
      start: bytes.base + start, count: Int(offsets.base[code &+ 1]) &- start)
  }

  @inline(never)
  private mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt32, _ index: UInt32
  ) -> UInt32 {
    let code = UInt32(hashes.count)
    bytes.append(text)
    offsets.append(UInt32(bytes.count))
    hashes.append(hash)
    let mask = UInt32(slots.count - 1)
    slots.base[Int(index)] = hash & ~mask | (code + 1)
    return code
  }

  @inline(never)
  private mutating func grow() {
    if offsets.count == 0 { offsets.append(0) }
    let mask = UInt32(max(32, slots.count * 2) - 1)
    slots.reset(repeating: 0, count: Int(mask) + 1)
    for (code, hash) in hashes.elements.enumerated() {
      var index = hash & mask
      while slots.base[Int(index)] != 0 { index = (index &+ 1) & mask }
      slots.base[Int(index)] = hash & ~mask | UInt32(code + 1)
    }
  }

  /// The texts with their codes, taking just the room they need.
  func dictionary() -> TextDictionary {
    offsets.count == 0
      ? TextDictionary() : TextDictionary(bytes: bytes.array(), offsets: offsets.array())
  }
}
