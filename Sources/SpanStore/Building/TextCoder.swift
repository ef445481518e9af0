import Telemetry

/// Gives each distinct text of a column a code, in order of appearance.
///
/// One flat open-addressing table of hash and code, one stretch of bytes: a text known already
/// costs a hash, about one cache line of the table and a comparison.
struct TextCoder: ~Copyable {
  private var bytes = GrowingBuffer<UInt8>()
  /// Where each text ends, after a zero.
  private var offsets = GrowingBuffer<UInt32>()
  /// Hash in the high half, code plus one in the low half; zero: free.
  private var slots = GrowingBuffer<UInt64>()

  init() {}

  var count: Int { max(0, offsets.count - 1) }

  @inline(__always)
  mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = UInt32(truncatingIfNeeded: ByteHash.hash(text))
    if offsets.count &* 4 >= slots.count &* 3 { grow() }
    let mask = slots.count &- 1
    var place = Int(hash) & mask
    while true {
      let slot = slots.base[place]
      if slot == 0 { return add(text, hash, place) }
      if UInt32(truncatingIfNeeded: slot >> 32) == hash {
        let code = Int(slot & 0xFFFF_FFFF) &- 1
        if ByteHash.isEqual(self[code], text) { return UInt32(truncatingIfNeeded: code) }
      }
      place = (place &+ 1) & mask
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
    _ text: UnsafeBufferPointer<UInt8>, _ hash: UInt32, _ place: Int
  ) -> UInt32 {
    let code = UInt32(count)
    bytes.append(text)
    offsets.append(UInt32(bytes.count))
    slots.base[place] = UInt64(hash) << 32 | UInt64(code + 1)
    return code
  }

  @inline(never)
  private mutating func grow() {
    if offsets.count == 0 { offsets.append(0) }
    let size = max(32, slots.count * 2)
    var larger = GrowingBuffer<UInt64>(repeating: 0, count: size)
    for slot in slots.elements where slot != 0 {
      var place = Int(slot >> 32) & (size - 1)
      while larger.base[place] != 0 { place = (place + 1) & (size - 1) }
      larger.base[place] = slot
    }
    swap(&slots, &larger)
  }

  /// The texts with their codes, taking just the room they need.
  func dictionary() -> TextDictionary {
    offsets.count == 0
      ? TextDictionary() : TextDictionary(bytes: bytes.array(), offsets: offsets.array())
  }
}
