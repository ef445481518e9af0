import Telemetry

extension Calculation {
  /// As VISUALIZE writes it: `P99(duration_ms WHERE error) AS slow`.
  package var text: String {
    guard let name, !isReference else { return unnamed }
    return "\(unnamed) AS \(FieldRef(name).text)"
  }

  /// What a column is called: its name, or the calculation as it is written.
  package var title: String { name ?? unnamed }

  /// In a word where there is one: `P99`, `error_rate`.
  package var label: String { name ?? (kind.word.isEmpty ? unnamed : kind.word) }

  /// Without a name of its own: as formulas, HAVING and ORDER BY write it.
  var unnamed: String {
    if isReference { return FieldRef(name ?? "").text }
    if let formula { return formula.text(\.unnamed, condition: \.unnamed) }
    var parts = [field?.text, parameter?.text].compactMap(\.self).joined(separator: ", ")
    if let filter { parts += (parts.isEmpty ? "" : " ") + "WHERE " + filter.text }
    return parts.isEmpty ? kind.word : "\(kind.word)(\(parts))"
  }
}

extension Filter {
  /// As a query writes it.
  package var text: String {
    switch self {
    case .holds(let field): field.text
    case .test(let field, let op, let operand):
      [field.text, op.word, operand.text].filter { !$0.isEmpty }.joined(separator: " ")
    case .phrase(let text): text.quoted(by: "\"")
    case .item(let item, let filter): "\(item.rawValue)(\(filter.text))"
    case .related(let relation, let filter): "\(relation.rawValue)(\(filter.text))"
    case .and(let terms): terms.map { $0.operand(inOr: false) }.joined(separator: " AND ")
    case .or(let terms): terms.map { $0.operand(inOr: true) }.joined(separator: " OR ")
    case .not(let term): "NOT \(term.operand(inOr: false))"
    }
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

extension FilterOperand {
  /// As a query writes it; empty for nothing.
  var text: String {
    switch self {
    case .nothing: ""
    case .value(let value): value.text
    case .text(let text): text.quoted(by: "\"")
    case .list(let values): "(\(values.map(\.text).joined(separator: ", ")))"
    case .pair(let low, let high): "\(low.text) AND \(high.text)"
    }
  }
}

extension Having {
  /// As a query writes it.
  package var text: String {
    switch self {
    case .compare(let calculation, let comparison, let value):
      "\(calculation.unnamed) \(comparison.rawValue) \(value.text)"
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
      case .calculation(let calculation): calculation.unnamed
      case .field(let field): field.text
      }
    return "\(key) \(direction.rawValue)"
  }
}

extension TimeClause {
  /// As a query writes it: `LAST 10m`.
  package var text: String { text(.utc) }

  /// The same by the clocks of a zone.
  package func text(_ zone: ZoneOffsets) -> String {
    switch self {
    case .all: "ALL"
    case .last(let length): "LAST \(length.exactText)"
    case .range(let from, let to): "FROM \(from.text(zone)) TO \(to.text(zone))"
    }
  }
}

extension TimePoint {
  /// As a query writes it: `-15m`, `now`, `2026-03-01T12:00:00Z`.
  package var text: String { text(.utc) }

  func text(_ zone: ZoneOffsets) -> String {
    switch self {
    case .instant(let instant): InstantText.text(instant, zone)
    case .ago(.zero): "now"
    case .ago(let distance): "-" + distance.exactText
    }
  }
}
