extension Checker {
  /// A value taken over related spans.
  mutating func check(_ value: RelatedValue, of computed: FieldRef) {
    if let filter = value.filter { check(filter) }
    guard let field = value.field else { return }
    note(field)
    guard value.kind.needsNumbers, let type = fields.type(of: field), type != .mixed else { return }
    let isFitting =
      type == .time ? [.minimum, .maximum].contains(value.kind) : value.kind.takes(type)
    guard !isFitting else { return }
    fail(
      "\(value.kind.word) needs numbers, but '\(field.text)' holds \(type.holds)",
      about: .field(computed))
  }

  /// A term of VISUALIZE.
  mutating func checkShown(_ calculation: Calculation) {
    guard !calculation.isReference else {
      fail(
        "'\(calculation.unnamed)' is the name of another calculation",
        about: .calculation(calculation), hint: "a formula such as \(calculation.unnamed) * 2")
      return
    }
    if let resolved = checkNamed(calculation) { check(resolved) }
  }

  /// A calculation without names; nil, and an error, when it cannot be had.
  mutating func checkNamed(_ calculation: Calculation) -> Calculation? {
    if let resolved = query.resolved(calculation) { return resolved }
    let missing = calculation.plain.first { term in
      term.isReference && !query.visualize.contains { $0.name == term.name && !$0.isReference }
    }
    if let missing {
      fail(
        "unknown calculation '\(missing.name ?? "")'", about: .calculation(missing),
        hint: "AS gives a calculation of VISUALIZE a name")
    } else {
      fail(
        "\(calculation.unnamed) is made of itself, or of too many others",
        about: .calculation(calculation))
    }
    return nil
  }

  /// - Parameter calculation: without names.
  mutating func check(_ calculation: Calculation) {
    if calculation.formula != nil {
      for term in calculation.plain {
        if term.isHeatmap || term.isListing {
          fail(
            "a formula needs numbers, and \(term.unnamed) is none", about: .calculation(term))
        } else if [.first, .last].contains(term.kind), let field = term.field,
          let type = fields.type(of: field), !type.isNumber, type != .mixed
        {
          fail(
            "a formula needs numbers, but '\(field.text)' holds \(type.holds)",
            about: .calculation(term))
        } else {
          check(term)
        }
      }
      return
    }
    if let filter = calculation.filter { check(filter) }
    guard let field = calculation.field else { return }
    note(field)
    if case .duration? = calculation.parameter, let type = fields.type(of: field),
      !field.isDuration
    {
      fail(
        "'\(field.text)' holds \(type.holds) and no durations, but is compared with"
          + " \(calculation.parameter?.text ?? "")", about: .calculation(calculation),
        hint: "a plain number, without a unit")
    }
    guard calculation.needsNumbers, let type = fields.type(of: field) else { return }
    guard type == .mixed || !calculation.kind.takes(type) else { return }
    let word = calculation.kind.word
    if type == .mixed {
      warn(
        "'\(field.text)' holds values of different types; \(word) takes the numbers",
        about: .fieldOf(calculation))
    } else {
      fail(
        "\(word) needs numbers, but '\(field.text)' holds \(type.holds)",
        about: .fieldOf(calculation),
        hint: "COUNT_DISTINCT and GROUP BY take any field")
    }
  }
}
