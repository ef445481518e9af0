extension Query {
  /// Calculations that names may stand for, each counted as often as it is named: more is a mistake.
  private static let resolvedLimit = 1_000

  /// A calculation without names: each is replaced by what it stands for, and a formula is made of
  /// plain calculations alone.
  ///
  /// - Returns: nil when a name stands for nothing, or for something made of itself.
  package func resolved(_ calculation: Calculation) -> Calculation? {
    var left = Self.resolvedLimit
    return resolved(calculation, inside: [], &left)
  }

  private func resolved(
    _ calculation: Calculation, inside names: Set<String>, _ left: inout Int
  ) -> Calculation? {
    left -= 1
    guard left > 0 else { return nil }
    if calculation.isReference {
      guard let name = calculation.name, !names.contains(name),
        let target = visualize.first(where: { $0.name == name && !$0.isReference })
      else { return nil }
      return resolved(target, inside: names.union([name]), &left)
    }
    var plain = calculation
    plain.name = nil
    guard let formula = calculation.formula else { return plain }
    return resolved(formula, inside: names, &left).map { Calculation(formula: $0) }
  }

  private func resolved(
    _ formula: Expression<Calculation>, inside names: Set<String>, _ left: inout Int
  ) -> Expression<Calculation>? {
    switch formula {
    case .literal: return formula
    case .term(let term):
      guard let found = resolved(term, inside: names, &left) else { return nil }
      return found.formula ?? .term(found)
    case .call(let function, let arguments):
      var all: [Expression<Calculation>] = []
      for argument in arguments {
        guard let found = resolved(argument, inside: names, &left) else { return nil }
        all.append(found)
      }
      return .call(function, all)
    }
  }

  /// What a term of ORDER BY orders by: a field that is not grouped by may be a calculation's name.
  package func key(of ordering: Ordering) -> Ordering.Key {
    guard case .field(let field) = ordering.key, !groupBy.contains(field) else {
      return ordering.key
    }
    if case .expression(let expression)? = field.computed {
      guard expression.terms.allSatisfy(isName) else { return ordering.key }
      return .calculation(
        Calculation(formula: expression.map { .term(.reference($0.name)) }))
    }
    return isName(field) ? .calculation(.reference(field.name)) : ordering.key
  }

  /// Whether a field can be taken for the name of a calculation.
  private func isName(_ field: FieldRef) -> Bool {
    field == FieldRef(field.name) && visualize.contains { $0.name == field.name }
  }

  /// Every calculation it names, in VISUALIZE, HAVING and ORDER BY, with what formulas are made of.
  package var namedCalculations: [Calculation] {
    let ordered = orderBy.compactMap { ordering -> Calculation? in
      if case .calculation(let calculation) = ordering.key { calculation } else { nil }
    }
    return (visualize + (having?.calculations ?? []) + ordered).flatMap(\.plain)
  }

  /// Whether it asks about other spans of a span's trace.
  package var namesRelations: Bool {
    (filter?.namesRelations ?? false)
      || namedCalculations.contains { $0.filter?.namesRelations ?? false }
  }

  /// Every field it names, and those that computed ones are made of; repeats included.
  package var fields: [FieldRef] {
    let ordered = orderBy.compactMap { ordering -> FieldRef? in
      if case .field(let field) = ordering.key { field } else { nil }
    }
    let named = namedCalculations.flatMap(\.fields) + ordered + (filter?.fields ?? []) + groupBy
    return named + named.filter { $0.computed != nil }.flatMap(\.plain)
  }
}

extension Filter {
  var namesRelations: Bool {
    switch self {
    case .related: true
    case .and(let terms), .or(let terms): terms.contains(where: \.namesRelations)
    case .not(let term), .item(_, let term): term.namesRelations
    case .holds, .test, .phrase: false
    }
  }
}

extension Calculation {
  /// What it is made of: itself when it is no formula.
  package var plain: [Calculation] { formula.map { $0.terms.flatMap(\.plain) } ?? [self] }

  /// Every field it names, those of its filter too.
  package var fields: [FieldRef] { (field.map { [$0] } ?? []) + (filter?.fields ?? []) }
}

extension Having {
  /// Every calculation it names.
  package var calculations: [Calculation] {
    switch self {
    case .compare(let calculation, _, _): [calculation]
    case .and(let terms), .or(let terms): terms.flatMap(\.calculations)
    case .not(let term): term.calculations
    }
  }
}
