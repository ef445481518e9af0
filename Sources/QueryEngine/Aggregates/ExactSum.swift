/// The exact sum of any numbers, rounded once at the end.
///
/// Floating-point addition depends on its order, and rows reach the engine in an order that
/// depends on the number of cores and on how segments were cut. So nothing is rounded while
/// adding: integers add in 128 bits, doubles in a 128-bit fixed-point window of units of 2^-80,
/// and what does not fit the window in a superaccumulator that spans the whole range of doubles.
/// The answer is the double nearest to the true sum, ties to even.
///
/// Source of the superaccumulator: R. Neal, *Fast exact summation using small and large
/// superaccumulators* (2015).
package struct ExactSum: Sendable {
  private var integers: Int128 = 0
  private var window: Int128 = 0
  private var wide = WideSum()
  private var hasPositiveInfinity = false
  private var hasNegativeInfinity = false

  /// Binary positions behind the point of ``window``: values from 2^-28 (3.7e-9) to 2^33 (8.6e9)
  /// take the fast path.
  private static let windowDigits = 80

  package init() {}

  @inline(__always)
  package mutating func add(_ value: Int64) {
    add(Int128(value))
  }

  /// Adds a sum of integers made elsewhere. 128 bits hold 2^64 times the largest `Int64`.
  @inline(__always)
  package mutating func add(_ value: Int128) {
    integers &+= value
  }

  /// Adds a double; NaN is no number and is left out.
  @inline(__always)
  package mutating func add(_ value: Double) {
    let bits = value.bitPattern
    let exponent = Int(truncatingIfNeeded: bits >> 52 & 0x7FF)
    let shift = exponent - 1_075 + Self.windowDigits
    guard shift >= 0, shift <= 60 else { return addWide(value, exponent) }
    let mantissa = Int64(truncatingIfNeeded: bits & 0xF_FFFF_FFFF_FFFF | 1 << 52)
    let signed = Int128(bits >> 63 == 0 ? mantissa : -mantissa) &<< Int128(shift)
    let (sum, overflow) = window.addingReportingOverflow(signed)
    guard !overflow else { return spill(then: signed) }
    window = sum
  }

  /// Adds what another has summed; the order of merging changes nothing.
  package mutating func merge(_ other: ExactSum) {
    integers &+= other.integers
    let (sum, overflow) = window.addingReportingOverflow(other.window)
    if overflow { spill(then: other.window) } else { window = sum }
    wide.merge(other.wide)
    hasPositiveInfinity = hasPositiveInfinity || other.hasPositiveInfinity
    hasNegativeInfinity = hasNegativeInfinity || other.hasNegativeInfinity
  }

  /// The double nearest to the sum; infinite or NaN only if infinities were added or the sum
  /// is past the largest double.
  package func finish() -> Double {
    if hasPositiveInfinity || hasNegativeInfinity {
      return hasPositiveInfinity ? hasNegativeInfinity ? .nan : .infinity : -.infinity
    }
    var all = wide
    all.add(integers, unit: 0)
    all.add(window, unit: -Self.windowDigits)
    return all.rounded()
  }

  @inline(never)
  private mutating func addWide(_ value: Double, _ exponent: Int) {
    if exponent == 0x7FF {
      hasPositiveInfinity = hasPositiveInfinity || value == .infinity
      hasNegativeInfinity = hasNegativeInfinity || value == -.infinity
    } else if value != 0 {
      wide.add(value)
    }
  }

  @inline(never)
  private mutating func spill(then next: Int128) {
    wide.add(window, unit: -Self.windowDigits)
    window = next
  }
}
