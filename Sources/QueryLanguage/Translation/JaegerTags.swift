import Telemetry

extension Tongue {
  /// Tags of Jaeger's search: logfmt, a blank is AND, equality alone.
  static let jaeger = Tongue(
    name: "Jaeger tags", example: "error=true http.status_code=500", isPlain: true,
    recognises: JaegerTags.recognises
  ) { text throws(QueryError) in try JaegerTags.translate(text) }
}

/// `error=true http.method="GET"`.
private enum JaegerTags {
  private static let spelling = TongueReader.Spelling(
    signs: ["="], textQuotes: [0x22],
    goesOn: { _, byte in byte > 0x20 && byte != 0x3D && byte != 0x22 })

  /// What Jaeger calls some of our fields.
  private static let names: [String: FieldRef] = [
    "otel.status_code": FieldRef("status_code"),
    "otel.status_description": FieldRef("status_message"),
    "otel.scope.name": FieldRef("library.name"), "otel.library.name": FieldRef("library.name"),
    "otel.scope.version": FieldRef("library.version"),
    "otel.library.version": FieldRef("library.version"),
    "w3c.tracestate": FieldRef("trace_state"),
  ]

  /// Every word is a key, `=` and a value, none apart from the others.
  static func recognises(_ text: String) -> Bool {
    guard let tokens = try? TongueReader(text, spelling).tokens, tokens.count >= 4,
      (tokens.count - 1) % 3 == 0
    else { return false }
    for start in stride(from: 0, to: tokens.count - 1, by: 3) {
      guard case .word(let key) = tokens[start].kind, tokens[start + 1].kind == .sign("="),
        tokens[start].range.upperBound == tokens[start + 1].range.lowerBound,
        tokens[start + 1].range.upperBound == tokens[start + 2].range.lowerBound
      else { return false }
      if case .sign = tokens[start + 2].kind { return false }
      guard !key.contains(where: { "<>!()'`{},".contains($0) }) else { return false }
    }
    return true
  }

  static func translate(_ text: String) throws(QueryError) -> Translation {
    var reader = try TongueReader(text, spelling)
    var terms: [Filter] = []
    while !reader.isAtEnd {
      guard case .word(let key) = reader.token.kind else { throw reader.unexpected("a tag") }
      reader.advance()
      try reader.expect("=")
      let field = names[key] ?? FieldRef(word: key)
      let literal: Literal
      switch reader.token.kind {
      case .text(let text), .name(let text): literal = value(text)
      case .word(let word): literal = value(word)
      default: throw reader.unexpected("a value")
      }
      reader.advance()
      terms.append(.test(field, .equal, .value(Self.fitting(literal, field))))
    }
    guard let first = terms.first else { throw reader.unexpected("a tag") }
    return Translation(Query(filter: terms.count == 1 ? first : .and(terms)))
  }

  /// Jaeger compares the texts of values: quotes change nothing.
  private static func value(_ text: String) -> Literal {
    switch text {
    case "true": .bool(true)
    case "false": .bool(false)
    default: NumberText.literal(text) ?? .text(text)
    }
  }

  /// Jaeger writes statuses in capitals.
  private static func fitting(_ literal: Literal, _ field: FieldRef) -> Literal {
    if field.builtin == .statusCode, case .text(let text) = literal {
      return .text(text.lowercased())
    }
    return literal
  }
}
