import Patterns

extension Checker {
  mutating func check(_ filter: Filter) {
    switch filter {
    case .and(let terms), .or(let terms):
      for term in terms { check(term) }
    case .not(let term):
      check(term)
    case .holds(let field):
      checkHolds(field)
    case .compare(let field, let comparison, let value):
      note(field)
      check(value, against: field, in: comparison.rawValue)
    case .between(let field, let low, let high):
      note(field)
      check(low, against: field, in: "between")
      check(high, against: field, in: "between")
      if let from = low.number, let to = high.number, from > to {
        warn(
          "between \(low.text) and \(high.text) holds for nothing", about: .pair(field, low, high),
          hint: "the smaller comes first: between \(high.text) and \(low.text)")
      }
    case .isIn(let field, let values), .isNotIn(let field, let values):
      note(field)
      for value in values { check(value, against: field, in: "in") }
    case .text(let field, let test, let text):
      note(field)
      check(test, text, of: field)
    case .exists(let field), .doesNotExist(let field):
      note(field)
    case .phrase: break
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

  private mutating func check(_ test: TextTest, _ text: String, of field: FieldRef) {
    guard test == .matches || test == .doesNotMatch else { return }
    do throws(PatternError) {
      _ = try RegularExpression(text)
    } catch {
      let part = error.part == text ? "" : ": '\(error.part.shortened)'"
      fail(
        "the regular expression '\(text.shortened)' cannot be read: \(error.words)\(part)",
        about: .pattern(field, test, text), hint: "contains takes the text as it is")
    }
  }

  /// Whether a value can be compared with a field at all, and what happens when types differ.
  private mutating func check(_ value: Literal, against field: FieldRef, in operation: String) {
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
    guard let type = fields.type(of: field), type != .mixed, type != .array else { return }
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
      (.integer, .bool), (.double, .bool), (.time, .bool), (.text, .bool), (.id, .bool):
      warn("'\(name)' holds \(type.holds), nothing to compare with \(value.text)", about: subject)
    default: break
    }
    if type == .bool, case .bool = value, Comparison(rawValue: operation)?.isOrder ?? false {
      warn("'\(name)' holds true and false, which have no order", about: subject)
    }
  }
}

extension Literal {
  /// Numbers and durations, the latter in milliseconds.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .duration(let nanoseconds): Double(nanoseconds) / 1_000_000
    case .text, .bool: nil
    }
  }
}

extension Comparison {
  /// Whether it asks for more or less.
  var isOrder: Bool { self != .equal && self != .notEqual }
}
