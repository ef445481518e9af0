/// A fixed-point number wide enough for any sum of doubles: digits of 32 bits in 64-bit cells, so
/// that carries can wait.
///
/// The lowest bit is worth 2^-1074, the smallest double. Empty until first used, because almost
/// every sum fits the window of ``ExactSum``.
struct WideSum: Sendable {
  private var digits: [Int64] = []
  /// Additions since carries were last settled; a cell overflows after 2^31.
  private var pending = 0

  /// 2,098 bits of doubles, 64 bits for as many additions as a program can make, and 3 digits
  /// that a shifted number may touch.
  private static let digitCount = 72
  /// The bit of weight 1.
  private static let unitBit = 1_074

  /// Adds a finite double.
  mutating func add(_ value: Double) {
    let bits = value.bitPattern
    let exponent = Int(truncatingIfNeeded: bits >> 52 & 0x7FF)
    let fraction = bits & 0xF_FFFF_FFFF_FFFF
    let mantissa = exponent == 0 ? fraction : fraction | 1 << 52
    add(UInt128(mantissa), isNegative: bits >> 63 == 1, bit: max(exponent, 1) - 1)
  }

  /// Adds `value` times 2^`unit`.
  mutating func add(_ value: Int128, unit: Int) {
    guard value != 0 else { return }
    add(value.magnitude, isNegative: value < 0, bit: Self.unitBit + unit)
  }

  mutating func merge(_ other: WideSum) {
    guard !other.digits.isEmpty else { return }
    prepare()
    settle()
    var settled = other
    settled.settle()
    for index in digits.indices { digits[index] += settled.digits[index] }
    pending += 1
  }

  /// The nearest double, ties to even.
  func rounded() -> Double {
    guard !digits.isEmpty else { return 0 }
    var copy = self
    copy.settle()
    let isNegative = (copy.digits.last ?? 0) < 0
    if isNegative {
      for index in copy.digits.indices { copy.digits[index] = -copy.digits[index] }
      copy.settle()
    }
    let magnitude = copy.roundedMagnitude()
    return isNegative ? -magnitude : magnitude
  }

  private mutating func prepare() {
    if digits.isEmpty { digits = [Int64](repeating: 0, count: Self.digitCount) }
  }

  private mutating func add(_ magnitude: UInt128, isNegative: Bool, bit: Int) {
    prepare()
    if pending >= 1 << 30 { settle() }
    pending += 1
    var rest = magnitude
    var index = bit >> 5
    let offset = bit & 31
    // The first digit takes what is left of its 32 bits, the others follow whole.
    var taken = 32 - offset
    var digit = Int64(truncatingIfNeeded: rest & (1 << UInt128(taken) - 1)) << Int64(offset)
    while true {
      digits[index] += isNegative ? -digit : digit
      rest = rest >> UInt128(taken)
      guard rest != 0 else { return }
      index += 1
      taken = 32
      digit = Int64(truncatingIfNeeded: rest & 0xFFFF_FFFF)
    }
  }

  /// Carries, so that every digit but the last is 0..<2^32; the last has the sign.
  private mutating func settle() {
    pending = 0
    var carry: Int64 = 0
    for index in 0..<max(0, digits.count - 1) {
      let sum = digits[index] + carry
      carry = sum >> 32
      digits[index] = sum & 0xFFFF_FFFF
    }
    if !digits.isEmpty { digits[digits.count - 1] += carry }
  }

  /// The double nearest to settled digits of a number that is not negative.
  private func roundedMagnitude() -> Double {
    guard let top = digits.lastIndex(where: { $0 != 0 }) else { return 0 }
    let highest = top * 32 + 63 - digits[top].leadingZeroBitCount
    // Below 2^53 units the bits of the number are the bits of the double.
    guard highest > 52 else { return Double(bitPattern: bits(from: 0, count: 53)) }
    let low = highest - 52
    var mantissa = bits(from: low, count: 53)
    let isHalf = bits(from: low - 1, count: 1) == 1
    let isMore = isHalf && hasBit(below: low - 1)
    if isMore || isHalf && mantissa & 1 == 1 { mantissa += 1 }
    guard low < 2_046 else { return .infinity }
    // The leading 1 of the mantissa adds one to the exponent, a carry out of it another.
    return Double(bitPattern: UInt64(low) << 52 + mantissa)
  }

  private func bits(from low: Int, count: Int) -> UInt64 {
    var value: UInt128 = 0
    let first = low >> 5
    for index in (first..<min(first + 3, digits.count)).reversed() {
      value = value << 32 | UInt128(UInt64(bitPattern: digits[index]))
    }
    return UInt64(truncatingIfNeeded: value >> UInt128(low & 31)) & (1 << UInt64(count) - 1)
  }

  private func hasBit(below bit: Int) -> Bool {
    let index = bit >> 5
    if bits(from: index * 32, count: 32) & (1 << UInt64(bit & 31) - 1) != 0 { return true }
    return digits[..<index].contains { $0 != 0 }
  }
}
