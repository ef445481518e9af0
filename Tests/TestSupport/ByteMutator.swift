/// Breaks bytes in the ways that networks, disks and hostile senders do.
package struct ByteMutator {
  private var random: SeededGenerator

  package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// One to four changes: bytes overwritten, cut out, repeated, put in, or the end cut off.
  package mutating func mutate(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      change(&bytes)
    }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let offset = Int.random(in: bytes.indices, using: &random)
    let end = min(bytes.count, offset + Int.random(in: 1...24, using: &random))
    switch Int.random(in: 0..<7, using: &random) {
    case 0: bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[offset] = [0, 0x7F, 0x80, 0xFF, 0x22, 0x7B].randomElement(using: &random) ?? 0
    case 2: bytes.removeSubrange(offset..<end)
    case 3: bytes.insert(contentsOf: bytes[offset..<end], at: offset)
    case 4:
      let noise = (0..<(end - offset)).map { _ in UInt8.random(in: 0...255, using: &random) }
      bytes.insert(contentsOf: noise, at: offset)
    case 5:
      let other = Int.random(in: bytes.indices, using: &random)
      bytes.swapAt(offset, other)
    default: bytes.removeSubrange(offset...)
    }
  }
}
