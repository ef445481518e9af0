package import QueryLanguage
package import Telemetry

/// A span of a sketch: as little as a query can tell apart.
package struct SketchSpan: Sendable {
  /// Milliseconds after the sketch's beginning.
  package var at: Int
  package var service: String
  package var route: String
  package var milliseconds: Double
  package var trace: UInt8

  package init(
    _ at: Int, _ service: String, _ route: String, _ milliseconds: Double, _ trace: UInt8
  ) {
    (self.at, self.service, self.route) = (at, service, route)
    (self.milliseconds, self.trace) = (milliseconds, trace)
  }

  /// 2026-03-01T12:00:00Z
  package static let beginning = UnixNanos(1_772_366_400_000_000_000)

  package var start: UnixNanos { Self.beginning.advanced(by: Int64(at) * 1_000_000) }
  package var traceID: TraceID { TraceID(high: 0xAA, low: UInt64(trace)) }
  package var spanID: SpanID { SpanID(UInt64(at) + 1) }

  package func value(_ field: FieldRef) -> ResultValue {
    switch field.name {
    case "service.name": .text(service)
    case "http.route": .text(route)
    case "duration_ms": .double(milliseconds)
    case "name": .text("GET \(route)")
    case "start_time": .time(start.sinceEpoch)
    case "trace.trace_id": .text(traceID.description)
    case "status_code": .text("unset")
    default: .missing
    }
  }

  /// Only what the tests ask: comparisons joined by AND and OR.
  package func matches(_ filter: Filter?) -> Bool {
    switch filter {
    case nil: true
    case .test(let field, let op, .value(let literal)):
      op.comparison.map { compare(value(field), $0, literal) } ?? false
    case .and(let terms): terms.allSatisfy { matches($0) }
    case .or(let terms): terms.contains { matches($0) }
    case .not(let term): !matches(term)
    default: false
    }
  }

  private func compare(
    _ value: ResultValue, _ comparison: Comparison, _ literal: Literal
  ) -> Bool {
    let order: Double
    switch (value, literal) {
    case (.text(let a), .text(let b)): order = a == b ? 0 : a < b ? -1 : 1
    case (.double(let a), .double(let b)): order = a - b
    case (.double(let a), .integer(let b)): order = a - Double(b)
    default: return false
    }
    switch comparison {
    case .equal: return order == 0
    case .notEqual: return order != 0
    case .greater: return order > 0
    case .greaterOrEqual: return order >= 0
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    }
  }

  /// Ten seconds of two services: `web` busy and quick, `db` seldom and slow, one span far out.
  package static let sample: [SketchSpan] = {
    var spans: [SketchSpan] = []
    for place in 0..<60 {
      let route = place % 3 == 0 ? "/cart" : "/home"
      spans.append(
        SketchSpan(place * 160, "web", route, 2 + Double(place % 5), UInt8(place % 20)))
    }
    for place in 0..<12 {
      spans.append(SketchSpan(place * 800 + 30, "db", "/sql", 40 + Double(place) * 3, UInt8(place)))
    }
    spans.append(SketchSpan(6_250, "db", "/sql", 900, 77))
    return spans
  }()
}
