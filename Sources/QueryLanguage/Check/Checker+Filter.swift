extension Checker {
  mutating func check(_ filter: Filter) {
    switch filter {
    case .and(let terms), .or(let terms):
      for term in terms { check(term) }
    case .not(let term), .related(_, let term):
      check(term)
    case .holds(let field):
      checkHolds(field)
    case .test(let field, let op, let operand):
      note(field)
      check(operand, of: op, for: field)
    case .phrase: break
    case .item(_, let filter): checkPatterns(filter)
    }
  }

  /// Of events and links no more is known than what they are asked.
  private mutating func checkPatterns(_ filter: Filter) {
    switch filter {
    case .and(let terms), .or(let terms):
      for term in terms { checkPatterns(term) }
    case .not(let term), .item(_, let term): checkPatterns(term)
    case .related: check(filter)
    case .test(let field, let op, .text(let text)): check(.text(text), of: op, for: field)
    case .test, .holds, .phrase: break
    }
  }

  private mutating func check(
    _ operand: FilterOperand, of op: FilterOperator, for field: FieldRef
  ) {
    switch operand {
    case .nothing: break
    case .value(let value): check(value, against: field, in: op)
    case .list(let values): for value in values { check(value, against: field, in: op) }
    case .pair(let low, let high):
      check(low, against: field, in: op)
      check(high, against: field, in: op)
      if let from = low.number, let to = high.number, from > to {
        let held = op.isNegated ? "everything" : "nothing"
        warn(
          "\(op.word) \(low.text) and \(high.text) holds for \(held)",
          about: .pair(field, low, high),
          hint: "the smaller comes first: \(op.word) \(high.text) and \(low.text)")
      }
    case .text(let text):
      guard let mistake = op.mistake?(text) else { return }
      fail(mistake.message, about: .pattern(field, op, text), hint: mistake.hint)
    }
  }

  private mutating func checkHolds(_ field: FieldRef) {
    note(field)
    guard let type = fields.type(of: field), type != .bool, type != .mixed else { return }
    fail(
      "'\(field.text)' holds \(type.holds), and a field by itself must be true or false",
      about: .field(field),
      hint: "\(field.text) exists")
  }

  /// Whether a value can be compared with a field at all, and what happens when types differ.
  private mutating func check(_ value: Literal, against field: FieldRef, in op: FilterOperator) {
    let subject = QuerySubject.value(field, value)
    if case .duration = value {
      if let type = fields.type(of: field), !field.isDuration {
        fail(
          "'\(field.text)' holds \(type.holds) and no durations, but is compared with"
            + " \(value.text)", about: subject,
          hint: "\(FieldRef.duration.text) and self_ms take units")
      }
      return
    }
    guard let type = fields.type(of: field), type != .mixed, type != .array, op.plain != .same
    else { return }
    let name = field.text
    switch (type, value) {
    case (.text, .integer), (.text, .double):
      warn(
        "'\(name)' holds text; those that are numbers compare with \(value.text) by value",
        about: subject)
    case (.integer, .text(let text)), (.double, .text(let text)), (.time, .text(let text)):
      if case .integer? = NumberText.literal(text) {
        warn("'\(name)' holds numbers; the text \(value.text) compares by value", about: subject)
      } else if case .double? = NumberText.literal(text) {
        warn("'\(name)' holds numbers; the text \(value.text) compares by value", about: subject)
      } else {
        warn(
          "'\(name)' holds \(type.holds), nothing to compare with the text \(value.text)",
          about: subject)
      }
    case (.bool, .integer), (.bool, .double), (.bool, .text), (.id, .integer), (.id, .double),
      (.integer, .bool), (.double, .bool), (.time, .bool), (.text, .bool), (.id, .bool),
      (_, .json):
      warn("'\(name)' holds \(type.holds), nothing to compare with \(value.text)", about: subject)
    default: break
    }
  }
}
