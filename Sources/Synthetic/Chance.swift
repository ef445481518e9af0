/// A seeded source of chance: the same seed gives the same traffic on every machine.
///
/// SplitMix64 (Steele, Lea, Flood 2014): one multiplication-mix a draw, good enough for traffic.
package struct Chance: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 0 ..< 1
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func happens(_ probability: Double) -> Bool { share() < probability }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func pick<Element>(_ choices: [Element], or fallback: Element) -> Element {
    choices.isEmpty ? fallback : choices[below(choices.count)]
  }

  /// A length around `typical` milliseconds with the long tail that latencies have: about one in
  /// a hundred is five times as long.
  mutating func latency(_ typical: Double) -> Int64 {
    let body = 0.7 + 0.6 * share()
    let tail = share()
    let stretch = 1 / (1 - 0.85 * tail * tail * tail * tail * tail * tail)
    return Int64(typical * body * stretch * 1_000_000)
  }
}
