/// What is worked out of terms: a term itself, a value, or a function of others.
///
/// Formulas have calculations for terms, values of a span have fields.
package indirect enum Expression<Term: Hashable & Sendable>: Hashable, Sendable {
  case term(Term)
  case literal(Literal)
  case call(FunctionKind, [Expression])
}

extension Expression {
  /// Every term, in order, repeats included.
  package var terms: [Term] {
    switch self {
    case .term(let term): [term]
    case .literal: []
    case .call(_, let arguments): arguments.flatMap(\.terms)
    }
  }

  /// The same with other terms.
  package func map<Other>(_ other: (Term) -> Expression<Other>) -> Expression<Other> {
    switch self {
    case .term(let term): other(term)
    case .literal(let literal): .literal(literal)
    case .call(let function, let arguments): .call(function, arguments.map { $0.map(other) })
    }
  }

  /// As a query writes it, given how it writes terms: with no more parentheses than it takes to read
  /// the same back.
  ///
  /// - Parameter condition: how it writes a term that is a condition where one must stand.
  func text(_ term: (Term) -> String, condition: (Term) -> String) -> String {
    text(above: 0, term, condition)
  }

  private func text(
    above level: Int, _ term: (Term) -> String, _ condition: (Term) -> String
  ) -> String {
    switch self {
    case .term(let own): return term(own)
    case .literal(let literal): return literal.text
    case .call(let function, let arguments):
      guard let precedence = function.precedence, arguments.count == 2 else {
        let texts = arguments.enumerated().map { index, argument in
          if index == 0, function.hasCondition, case .term(let own) = argument {
            return condition(own)
          }
          return argument.text(above: 0, term, condition)
        }
        return "\(function.word)(\(texts.joined(separator: ", ")))"
      }
      let text =
        arguments[0].text(above: precedence - 1, term, condition) + " \(function.word) "
        + arguments[1].text(above: precedence, term, condition)
      return precedence > level ? text : "(\(text))"
    }
  }
}
