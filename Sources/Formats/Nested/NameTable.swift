import Telemetry

/// Finds what member names mean, whatever their case and with or without `_`, `-`, `.` and blanks
/// between their words.
struct NameTable<Field: Sendable>: Sendable {
  private var slots: [(name: [UInt8], field: Field)?]

  /// - Parameter names: in small letters, without anything between the words.
  init(_ names: [(String, Field)]) {
    slots = Array(repeating: nil, count: names.count * 4)
    for (name, field) in names {
      let bytes = Array(name.utf8)
      var index = bytes.withUnsafeBufferPointer { Self.slot($0, slots.count) }
      while slots[index] != nil { index = (index + 1) % slots.count }
      slots[index] = (bytes, field)
    }
  }

  /// Longer names are in no table.
  private static var nameLimit: Int { 48 }

  func find(_ name: UnsafeBufferPointer<UInt8>) -> Field? {
    guard name.count <= Self.nameLimit else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.nameLimit) { buffer in
      var count = 0
      for byte in name where !Self.isBetweenWords(byte) {
        buffer[count] = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
        count += 1
      }
      let folded = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count])
      var index = Self.slot(folded, slots.count)
      while let slot = slots[index] {
        if slot.name.count == count, slot.name.elementsEqual(folded) { return slot.field }
        index = (index + 1) % slots.count
      }
      return nil
    }
  }

  private static func isBetweenWords(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "@")
  }

  private static func slot(_ name: UnsafeBufferPointer<UInt8>, _ count: Int) -> Int {
    Int(ByteHash.hash(name) % UInt64(count))
  }
}
