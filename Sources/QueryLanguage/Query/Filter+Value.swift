extension Filter {
  /// The condition that a field shows `value`: it selects exactly the spans that do.
  ///
  /// - Parameter type: what is known of the field's values in the spans the condition is put to; nil
  ///   means that they are of one type. In fields of different types `=` would also take a number
  ///   for the text that spells it, and an array for any of its elements.
  package static func whether(
    _ field: FieldRef, is value: ResultValue, of type: FieldType? = nil
  ) -> Filter {
    guard let literal = value.literal else { return .doesNotExist(field) }
    return .test(field, needsSame(field, literal, type) ? .same : .equal, .value(literal))
  }

  /// The condition that a field is there and shows another value; that it is there, when `value` is
  /// missing.
  package static func whether(
    _ field: FieldRef, isNot value: ResultValue, of type: FieldType? = nil
  ) -> Filter {
    guard let literal = value.literal else { return .exists(field) }
    return .test(field, needsSame(field, literal, type) ? .notSame : .notEqual, .value(literal))
  }

  private static func needsSame(
    _ field: FieldRef, _ literal: Literal, _ type: FieldType?
  ) -> Bool {
    switch literal {
    case .json: true
    case .double(let value) where value.isNaN: true
    default: field.builtin == nil && (type == .mixed || type == .array)
    }
  }
}
