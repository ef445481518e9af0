import QueryLanguage

/// Calculations as expressions over plain ones, each of which is worked out once.
struct Composition: Sendable {
  /// Those to work out.
  private(set) var plain: [Calculation] = []
  /// Each calculation over positions in ``plain``.
  private var outputs: [Expression<Int>] = []
  /// Whether the calculations are plain themselves, in order.
  let isPlain: Bool

  /// - Parameter calculations: without names.
  init(_ calculations: [Calculation]) {
    var positions: [Calculation: Int] = [:]
    var plain: [Calculation] = []
    func position(_ calculation: Calculation) -> Expression<Int> {
      if let known = positions[calculation] { return .term(known) }
      positions[calculation] = plain.count
      plain.append(calculation)
      return .term(plain.count - 1)
    }
    outputs = calculations.map { calculation in
      calculation.formula.map { $0.map(position) } ?? position(calculation)
    }
    self.plain = plain
    isPlain = outputs.enumerated().allSatisfy { index, output in output == .term(index) }
  }

  /// The calculations, given the plain ones.
  ///
  /// - Parameter seconds: that they cover.
  func values(_ plain: [ResultValue], seconds: Double) -> [ResultValue] {
    if isPlain { return plain }
    let context = FunctionContext(seconds: seconds)
    return outputs.map { Self.value($0, plain, context) }
  }

  private static func value(
    _ output: Expression<Int>, _ plain: [ResultValue], _ context: FunctionContext
  ) -> ResultValue {
    switch output {
    case .term(let index): return plain[index]
    case .literal(let literal): return literal.number.map { .double($0) } ?? .missing
    case .call(let function, let arguments):
      guard let rule = FunctionRule.rule(of: function) else { return .missing }
      return rule.apply(arguments.map { value($0, plain, context) }, context)
    }
  }
}
