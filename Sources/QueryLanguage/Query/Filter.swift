/// A condition on one span.
///
/// A condition on a field that the span lacks is false, `does-not-exist` excepted; `not` negates
/// the result, so `not(equal)` holds where the field is missing and `notEqual` does not.
package indirect enum Filter: Hashable, Sendable {
  /// A field of booleans by itself.
  case holds(FieldRef)
  /// An operator, what stands to its left and to its right.
  case test(FieldRef, FilterOperator, FilterOperand)
  /// A bare text: it occurs in any field, any event or link of the span, ignoring case.
  case phrase(String)
  /// Another span of the trace passes; with ``SpanRelation/none`` no span of it does.
  case related(SpanRelation, Filter)
  /// One event or link of the span passes: names are first those of its own fields.
  case item(SpanItem, Filter)
  /// At least two terms; one inside another is kept as written.
  case and([Filter])
  case or([Filter])
  case not(Filter)
}

extension Filter {
  package static func compare(
    _ field: FieldRef, _ comparison: Comparison, _ value: Literal
  ) -> Filter {
    let op: FilterOperator =
      switch comparison {
      case .equal: .equal
      case .notEqual: .notEqual
      case .greater: .greater
      case .greaterOrEqual: .greaterOrEqual
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      }
    return .test(field, op, .value(value))
  }

  package static func exists(_ field: FieldRef) -> Filter { .test(field, .exists, .nothing) }

  package static func doesNotExist(_ field: FieldRef) -> Filter {
    .test(field, .doesNotExist, .nothing)
  }

  /// Every field it names, in order, repeats included; those of events and links left out.
  package var fields: [FieldRef] {
    switch self {
    case .holds(let field), .test(let field, _, _): [field]
    case .phrase, .item: []
    case .and(let terms), .or(let terms): terms.flatMap(\.fields)
    case .not(let term), .related(_, let term): term.fields
    }
  }
}
