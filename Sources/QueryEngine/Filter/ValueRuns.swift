import QueryLanguage

/// The runs of a column's integers that pass a test, so that rows are tested without looking at
/// each as a value.
struct ValueRuns {
  /// The integers there can be, in the order of the values they stand for.
  private let domain: ClosedRange<Int64>
  private let scalar: (Int64) -> Scalar

  /// Instants past 2^63 lie below zero as integers: a stretch of their own.
  static func integers(_ unit: IntegerUnit) -> [ValueRuns] {
    let domains: [ClosedRange<Int64>] =
      unit == .time ? [0...(.max), .min...(-1)] : [.min...(.max)]
    return domains.map { ValueRuns(domain: $0) { unit.scalar($0) } }
  }

  static var doubles: [ValueRuns] {
    [ValueRuns(domain: OrderedDouble.domain) { .double(OrderedDouble.value($0)) }]
  }

  /// The integers for which a comparison other than `!=` holds; nil for none.
  ///
  /// By bisection: all that is needed is an order, so every kind of number and literal takes the
  /// same path as the test of a single value.
  func run(_ comparison: Comparison, _ operand: Operand) -> ClosedRange<Int64>? {
    guard operand.order(of: scalar(domain.lowerBound)) != nil else { return nil }
    let atLeast = first {
      $0 >= 0
    } operand: {
      operand.order(of: $0) ?? 0
    }
    let above = first {
      $0 > 0
    } operand: {
      operand.order(of: $0) ?? 0
    }
    return switch comparison {
    case .equal: range(atLeast, before(above))
    case .greaterOrEqual: range(atLeast, domain.upperBound)
    case .greater: range(above, domain.upperBound)
    case .less: range(domain.lowerBound, before(atLeast))
    case .lessOrEqual: range(domain.lowerBound, before(above))
    case .notEqual: nil
    }
  }

  private func first(
    where isPast: (Int) -> Bool, operand order: (Scalar) -> Int
  ) -> Int64? {
    var (low, high) = (domain.lowerBound, domain.upperBound)
    guard isPast(order(scalar(high))) else { return nil }
    while low < high {
      let middle = low &+ Int64(UInt64(bitPattern: high &- low) / 2)
      if isPast(order(scalar(middle))) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// The last integer before `first`, or the last of all; nil when there is none.
  private func before(_ first: Int64?) -> Int64? {
    guard let first else { return domain.upperBound }
    return first > domain.lowerBound ? first - 1 : nil
  }

  private func range(_ low: Int64?, _ high: Int64?) -> ClosedRange<Int64>? {
    guard let low, let high, low <= high else { return nil }
    return low...high
  }
}

extension ValueTest {
  /// The runs that pass before negation; nil for tests that order does not decide.
  func runs(_ stretches: [ValueRuns]) -> [ClosedRange<Int64>]? {
    switch kind {
    case .isTrue: return []
    case .compare(let comparison, let operand):
      return stretches.compactMap { $0.run(comparison, operand) }
    case .between(let low, let high):
      return stretches.compactMap { values in
        guard let above = values.run(.greaterOrEqual, low),
          let below = values.run(.lessOrEqual, high), above.overlaps(below)
        else { return nil }
        return above.clamped(to: below)
      }
    case .isIn(let operands):
      return operands.flatMap { operand in stretches.compactMap { $0.run(.equal, operand) } }
    case .same, .text: return nil
    }
  }
}
