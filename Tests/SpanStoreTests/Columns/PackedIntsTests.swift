import SpanStore
import TestSupport
import Testing

@Suite struct PackedIntsTests {
  /// Distance of the largest from the smallest, and the bytes a value takes.
  static let widths: [(range: UInt64, bytes: Int)] = [
    (0, 0), (1, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (4_294_967_295, 4),
    (4_294_967_296, 8), (.max, 8),
  ]

  @Test("values come back, in the fewest whole bytes that hold them", arguments: widths)
  func width(range: UInt64, bytes: Int) {
    for base in [Int64.min, -300, 0, 1_700_000_000_000_000_000] {
      let top = base.addingReportingOverflow(Int64(bitPattern: range))
      guard range == .max ? base == .min : !top.overflow || base == .min else { continue }
      let high = base &+ Int64(bitPattern: range)
      let values = [base, high, base &+ Int64(bitPattern: range / 2), base]
      let packed = PackedInts(values)
      #expect(packed.byteCount == bytes * 4)
      #expect(packed.min == base && packed.max == high && packed.count == 4)
      #expect(packed.decoded() == values)
      #expect(values.indices.map { packed[$0] } == values)
    }
  }

  @Test("part of the values decodes like the whole", arguments: 1...40)
  func stretch(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let limit = [0, 1, 200, 60_000, 1 << 20, 1 << 40].randomElement(using: &random) ?? 0
    let values = (0..<Int.random(in: 1...300, using: &random)).map { _ in
      Int64.random(in: 0...Int64(limit), using: &random)
    }
    let packed = PackedInts(values)
    let first = Int.random(in: 0...values.count, using: &random)
    let range = first..<Int.random(in: first...values.count, using: &random)
    let part = [Int64](unsafeUninitializedCapacity: range.count) { target, count in
      if let start = target.baseAddress { packed.decode(range, into: start) }
      count = range.count
    }
    #expect(part == Array(values[range]), "seed \(seed)")
    #expect(packed.decodedCodes() == values.map { UInt32(truncatingIfNeeded: $0) })
  }

  @Test("no values take no room")
  func none() {
    let packed = PackedInts([])
    #expect(packed.count == 0 && packed.byteCount == 0 && packed.decoded().isEmpty)
  }
}
