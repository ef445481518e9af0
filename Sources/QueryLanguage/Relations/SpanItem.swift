/// What a span carries more than one of.
package enum SpanItem: String, CaseIterable, Hashable, Sendable {
  case event
  case link

  /// What it means as a condition, in a few words.
  package var help: String {
    switch self {
    case .event: "an event of the span"
    case .link: "a link of the span"
    }
  }

  /// Fields of its own that are no attributes.
  package var fields: [String] {
    switch self {
    case .event: ["name", "time", "time_since_start_ms"]
    case .link: ["trace.trace_id", "trace.span_id", "trace_state"]
    }
  }

  /// Whose field a word names: `event.name`; nil when it is no such word.
  static func of(_ word: String) -> SpanItem? {
    allCases.first { item in
      let prefix = item.rawValue + "."
      return word.hasPrefix(prefix) && word.utf8.count > prefix.utf8.count
    }
  }
}

/// Attributes of a span's exception events, which its first one lends the span where it has none.
package enum ExceptionField {
  package static let names: Set<String> = [
    "exception.type", "exception.message", "exception.stacktrace",
  ]
}
