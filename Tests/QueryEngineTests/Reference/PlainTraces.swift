import QueryLanguage
import Telemetry

/// Lists traces by looking at every span, one trace after the other.
struct PlainTraces {
  let spans: [PlainSpan]

  struct Line {
    var id: UInt64
    var start: UInt64
    var duration: UInt64
    var spans: Int
    var errors: Int
    var services: Int
    var matches: Int
    var value: Double?
    /// Spans that may stand for the trace.
    var matching: Set<UInt64>

    /// What the list is ordered by, the first smallest.
    func key(_ order: TraceOrder) -> [Double] {
      // Random spans start within seconds of each other, so that a double holds every difference.
      let start = Double(start), duration = Double(duration), value = value ?? 0
      let sign: Double = order.isReversed ? 1 : -1
      return switch order.key {
      case .service, .name: [-start]
      case .start: [sign * start]
      case .duration: [sign * duration, -start]
      case .spans: [sign * Double(spans), -start]
      case .services: [sign * Double(services), -start]
      case .errors: [sign * Double(errors), -start]
      case .value: [sign * value, -start]
      }
    }
  }

  private static func services(_ spans: [PlainSpan]) -> Int {
    // A service's name is a text; anything else names none.
    let names = spans.map { span in
      if case .text(let name)? = span.resource.first(where: { $0.key == "service.name" })?.value {
        return name
      }
      return "unknown_service"
    }
    return Set(names).count
  }

  func run(_ request: TraceListRequest) -> [Line] {
    Dictionary(grouping: spans, by: \.trace).compactMap { id, spans in
      var matching: [(span: PlainSpan, value: Double?)] = []
      for span in spans where request.filter.map(span.passes) ?? true {
        var value: Double?
        if let field = request.valueField {
          value = span.value(field)?.result.number
          guard let value, request.valueRange?.contains(value) ?? true else { continue }
        }
        matching.append((span, value))
      }
      guard !matching.isEmpty else { return nil }
      let start = spans.map(\.start).min() ?? 0
      let end = spans.map { $0.start + $0.duration }.max() ?? 0
      let largest = matching.compactMap(\.value).max()
      return Line(
        id: id, start: start, duration: end - start, spans: spans.count,
        errors: spans.count { $0.status == .error }, services: Self.services(spans),
        matches: matching.count, value: largest,
        matching: Set(matching.filter { $0.value == largest }.map(\.span.id)))
    }
  }
}
