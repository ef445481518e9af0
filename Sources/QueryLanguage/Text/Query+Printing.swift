import Telemetry

extension Calculation {
  /// As a query writes it: `P99(duration_ms)`.
  package var text: String {
    guard let field else { return kind.word }
    return "\(kind.word)(\(field.text))"
  }
}

extension Filter {
  /// As a query writes it.
  package var text: String {
    switch self {
    case .holds(let field): field.text
    case .compare(let field, let comparison, let value):
      "\(field.text) \(comparison.rawValue) \(value.text)"
    case .between(let field, let low, let high):
      "\(field.text) between \(low.text) AND \(high.text)"
    case .text(let field, let test, let text):
      "\(field.text) \(test.rawValue) \(text.quoted(by: "\""))"
    case .isIn(let field, let values): "\(field.text) in (\(Self.list(values)))"
    case .isNotIn(let field, let values): "\(field.text) not-in (\(Self.list(values)))"
    case .exists(let field): "\(field.text) exists"
    case .doesNotExist(let field): "\(field.text) does-not-exist"
    case .phrase(let text): text.quoted(by: "\"")
    case .and(let terms): terms.map { $0.operand(inOr: false) }.joined(separator: " AND ")
    case .or(let terms): terms.map { $0.operand(inOr: true) }.joined(separator: " OR ")
    case .not(let term): "NOT \(term.operand(inOr: false))"
    }
  }

  private static func list(_ values: [Literal]) -> String {
    values.map(\.text).joined(separator: ", ")
  }

  /// AND binds closer than OR; anything else that is joined gets parentheses, so that the shape
  /// of the filter is read back as it was.
  private func operand(inOr: Bool) -> String {
    switch self {
    case .and where inOr: text
    case .and, .or: "(\(text))"
    default: text
    }
  }
}

extension Having {
  /// As a query writes it.
  package var text: String {
    switch self {
    case .compare(let calculation, let comparison, let value):
      "\(calculation.text) \(comparison.rawValue) \(value.text)"
    case .and(let terms): terms.map { $0.operand(inOr: false) }.joined(separator: " AND ")
    case .or(let terms): terms.map { $0.operand(inOr: true) }.joined(separator: " OR ")
    case .not(let term): "NOT \(term.operand(inOr: false))"
    }
  }

  private func operand(inOr: Bool) -> String {
    switch self {
    case .and where inOr: text
    case .and, .or: "(\(text))"
    default: text
    }
  }
}

extension Ordering {
  /// As a query writes it: `COUNT DESC`.
  package var text: String {
    let key =
      switch self.key {
      case .calculation(let calculation): calculation.text
      case .field(let field): field.text
      }
    return "\(key) \(direction.rawValue)"
  }
}

extension TimeClause {
  /// As a query writes it: `LAST 10m`.
  package var text: String {
    switch self {
    case .all: "ALL"
    case .last(let length): "LAST \(length.exactText)"
    case .range(let from, let to): "FROM \(from.text) TO \(to.text)"
    }
  }
}

extension TimePoint {
  /// As a query writes it: `-15m`, `now`, `2026-03-01T12:00:00Z`.
  package var text: String {
    switch self {
    case .instant(let instant): InstantText.text(instant)
    case .ago(.zero): "now"
    case .ago(let distance): "-" + distance.exactText
    }
  }
}
