import Telemetry

extension TraceQLReader {
  /// What stands between the braces, as it is read.
  enum Operand {
    case field(FieldRef)
    /// Of an event or a link.
    case item(SpanItem, FieldRef)
    case literal(Literal)
    case missing
    case expression(Expression<FieldRef>)
    /// nil: every span.
    case filter(Filter?)
    /// The parent as such, there or missing.
    case parent
    /// The number that tempo gives a root as parent is below 0.
    case parentNumber
  }

  private static let intrinsics: [String: Operand] = [
    "name": .field(.spanName), "span:name": .field(.spanName),
    "status": .field(FieldRef("status_code")), "span:status": .field(FieldRef("status_code")),
    "statusMessage": .field(FieldRef("status_message")),
    "span:statusMessage": .field(FieldRef("status_message")),
    "kind": .field(FieldRef("span.kind")), "span:kind": .field(FieldRef("span.kind")),
    "duration": .field(.duration), "span:duration": .field(.duration),
    "span:id": .field(.spanID), "span:parentID": .field(FieldRef("trace.parent_id")),
    "childCount": .field(FieldRef("child_count")),
    "span:childCount": .field(FieldRef("child_count")),
    "rootName": .field(FieldRef("name", of: .root)),
    "trace:rootName": .field(FieldRef("name", of: .root)),
    "rootServiceName": .field(FieldRef("service.name", of: .root)),
    "trace:rootService": .field(FieldRef("service.name", of: .root)),
    "traceDuration": .field(FieldRef("trace_duration_ms")),
    "trace:duration": .field(FieldRef("trace_duration_ms")), "trace:id": .field(.traceID),
    "instrumentation:name": .field(FieldRef("library.name")),
    "instrumentation:version": .field(FieldRef("library.version")),
    "event:name": .item(.event, FieldRef("name")),
    "event:timeSinceStart": .item(.event, FieldRef("time_since_start_ms")),
    "link:spanID": .item(.link, FieldRef("trace.span_id")),
    "link:traceID": .item(.link, FieldRef("trace.trace_id")),
    "parent": .parent, "nestedSetParent": .parentNumber, "span:nestedSetParent": .parentNumber,
    "nil": .missing, "true": .literal(.bool(true)), "false": .literal(.bool(false)),
    "error": .literal(.text("error")), "ok": .literal(.text("ok")),
    "unset": .literal(.text("unset")), "unspecified": .literal(.text("unspecified")),
    "internal": .literal(.text("internal")), "server": .literal(.text("server")),
    "client": .literal(.text("client")), "producer": .literal(.text("producer")),
    "consumer": .literal(.text("consumer")),
  ]

  mutating func logic() throws(QueryError) -> Operand {
    let start = reader.token.range
    var left = try comparison()
    while let sign = reader.sign, sign == "&&" || sign == "||" {
      reader.advance()
      let a = try condition(left, at: start)
      let next = reader.token.range
      let b = try condition(try comparison(), at: next)
      left = .filter(sign == "&&" ? JoinedFilter.and(a, b) : JoinedFilter.or(a, b))
    }
    return left
  }

  /// An operand by itself as a condition.
  func condition(_ operand: Operand, at range: Range<Int>) throws(QueryError) -> Filter? {
    switch operand {
    case .filter(let filter): return filter
    case .field(let field): return .holds(field)
    case .item(let item, let field): return .item(item, .holds(field))
    case .literal(.bool(true)): return nil
    case .literal(.bool(false)): return JoinedFilter.nothing
    default: throw QueryError("expected a condition", at: range)
    }
  }

  private mutating func comparison() throws(QueryError) -> Operand {
    let start = reader.token.range
    let left = try sum()
    guard let sign = reader.sign, let op = FilterOperator.bySymbol[sign] else { return left }
    let at = reader.token.range
    reader.advance()
    let right = try sum()
    if case .literal(let literal) = left, op.comparison != nil {
      let flipped: [String: FilterOperator] = [
        "<": .greater, "<=": .greaterOrEqual, ">": .less, ">=": .lessOrEqual,
      ]
      return .filter(try test(right, flipped[sign] ?? op, .literal(literal), at: at, start))
    }
    return .filter(try test(left, op, right, at: at, start))
  }

  private func test(
    _ left: Operand, _ op: FilterOperator, _ right: Operand, at sign: Range<Int>,
    _ start: Range<Int>
  ) throws(QueryError) -> Filter {
    switch left {
    case .field(let field): return try test(field, op, right, at: sign)
    case .item(let item, let field): return .item(item, try test(field, op, right, at: sign))
    case .expression(let expression):
      guard !expression.terms.isEmpty else { throw reader.without("a value alone", at: start) }
      return try test(FieldRef(.expression(expression)), op, right, at: sign)
    case .parent:
      guard case .missing = right, op == .equal || op == .notEqual else {
        throw reader.without("comparing the parent", at: sign)
      }
      return op == .equal ? .holds(.isRoot) : .not(.holds(.isRoot))
    case .parentNumber:
      switch (op, right) {
      case (.less, .literal(.integer(0))), (.equal, .literal(.integer(-1))): return .holds(.isRoot)
      case (.greaterOrEqual, .literal(.integer(0))), (.notEqual, .literal(.integer(-1))):
        return .not(.holds(.isRoot))
      default: throw reader.without("a span's number in the tree", at: start)
      }
    case .literal, .missing, .filter: throw QueryError("expected an attribute", at: start)
    }
  }

  private func test(
    _ field: FieldRef, _ op: FilterOperator, _ right: Operand, at sign: Range<Int>
  ) throws(QueryError) -> Filter {
    switch right {
    case .missing where op == .equal: return .doesNotExist(field)
    case .missing where op == .notEqual: return .exists(field)
    case .literal(let literal):
      if op == .matches || op == .doesNotMatch {
        guard case .text(let pattern) = literal else {
          throw QueryError("a regular expression is a text", at: sign)
        }
        // Tempo holds it against the whole value.
        return .test(field, op, .text("^(?:\(pattern))$"))
      }
      if field.isDuration, case .integer = literal {
        throw QueryError("a duration needs a unit", at: sign, hint: "100ms")
      }
      return .test(field, op, .value(literal))
    default:
      throw reader.without("comparing with anything but a value", at: sign)
    }
  }

  // MARK: Arithmetic

  private mutating func sum() throws(QueryError) -> Operand {
    try chain(["+": .add, "-": .subtract]) { p throws(QueryError) in
      try p.chain(["*": .multiply, "/": .divide, "%": .modulo]) { p throws(QueryError) in
        try p.power()
      }
    }
  }

  private mutating func chain(
    _ functions: [String: FunctionKind],
    _ next: (inout TraceQLReader) throws(QueryError) -> Operand
  ) throws(QueryError) -> Operand {
    let start = reader.token.range
    var left = try next(&self)
    while let sign = reader.sign, let function = functions[sign] {
      reader.advance()
      let range = reader.token.range
      let right = try next(&self)
      left = .expression(
        .call(function, [try expression(left, at: start), try expression(right, at: range)]))
    }
    return left
  }

  private mutating func power() throws(QueryError) -> Operand {
    let start = reader.token.range
    let base = try unary()
    guard reader.accept("^") else { return base }
    let range = reader.token.range
    try reader.enter()
    let exponent = try power()
    reader.leave()
    return .expression(
      .call(.power, [try expression(base, at: start), try expression(exponent, at: range)]))
  }

  private func expression(
    _ operand: Operand, at range: Range<Int>
  ) throws(QueryError) -> Expression<FieldRef> {
    switch operand {
    case .field(let field): return .term(field)
    case .literal(let literal) where literal.number != nil: return .literal(literal)
    case .expression(let expression): return expression
    default: throw QueryError("expected a number", at: range)
    }
  }

  private mutating func unary() throws(QueryError) -> Operand {
    let start = reader.token.range
    if reader.accept("!") {
      try reader.enter()
      let inner = try condition(try unary(), at: start)
      reader.leave()
      return .filter(inner.map { .not($0) } ?? JoinedFilter.nothing)
    }
    if reader.accept("-") {
      guard case .word(let word) = reader.token.kind, let literal = Self.number("-" + word) else {
        throw reader.unexpected("a number")
      }
      reader.advance()
      return .literal(literal)
    }
    if reader.accept("(") {
      try reader.enter()
      let inner = try logic()
      try reader.expect(")")
      reader.leave()
      return inner
    }
    return try operand()
  }

  // MARK: Words

  mutating func operand() throws(QueryError) -> Operand {
    let token = reader.token
    switch token.kind {
    case .text(let text):
      reader.advance()
      return .literal(.text(text))
    case .word(let word):
      reader.advance()
      if let known = Self.intrinsics[word] { return known }
      if let number = Self.number(word) { return .literal(number) }
      return try attribute(word, at: token.range)
    default: throw reader.unexpected("an attribute or a value")
    }
  }

  static func number(_ word: String) -> Literal? {
    guard let first = word.utf8.first(where: { $0 != 0x2D }),
      NameCharacters.isDigit(first) || first == 0x2E
    else { return nil }
    if let literal = NumberText.literal(first == 0x2E ? "0" + word : word) { return literal }
    return DurationText.parse(word).map { .duration(nanoseconds: $0) }
  }

  private func attribute(_ word: String, at range: Range<Int>) throws(QueryError) -> Operand {
    var rest = Substring(word)
    func take(_ scope: String) -> Bool {
      guard rest.hasPrefix(scope), rest.count > scope.count else { return false }
      rest = rest.dropFirst(scope.count)
      return true
    }
    if take("event.") { return .item(.event, FieldRef(String(rest))) }
    if take("link.") { return .item(.link, FieldRef(String(rest))) }
    let relation: FieldRef.Relation = take("parent.") ? .parent : .own
    var scope = FieldScope.automatic
    if take("span.") {
      scope = .span
    } else if take("resource.") {
      scope = .resource
    } else if take("instrumentation.") {
      scope = .scope
    } else if relation == .own, !take(".") {
      throw reader.without("'\(word.shortened)'", at: range, hint: "an attribute is .\(word)")
    }
    let name = String(rest)
    if name == FieldName.serviceName, scope != .span, scope != .scope {
      return .field(FieldRef(name, of: relation))
    }
    // A built-in of ours would hide an attribute of its name.
    if scope == .automatic, BuiltinField(rawValue: name) != nil { scope = .span }
    return .field(FieldRef(name, scope: scope, of: relation))
  }
}
