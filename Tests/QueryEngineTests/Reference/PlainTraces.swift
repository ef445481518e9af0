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
    var matches: Int
    var value: Double?
    /// Spans that may stand for the trace.
    var matching: Set<UInt64>

    /// What the list is ordered by, the first smallest.
    func key(_ order: TraceOrder) -> [Double] {
      // Random spans start within seconds of each other, so that a double holds every difference.
      let start = Double(start), duration = Double(duration), value = value ?? 0
      return switch order {
      case .newest, .service, .name: [-start]
      case .oldest: [start]
      case .slowest: [-duration, -start]
      case .fastest: [duration, -start]
      case .mostSpans: [-Double(spans), -start]
      case .mostErrors: [-Double(errors), -start]
      case .largestValue: [-value, -start]
      case .smallestValue: [value, -start]
      }
    }
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
        errors: spans.count { $0.status == .error }, matches: matching.count, value: largest,
        matching: Set(matching.filter { $0.value == largest }.map(\.span.id)))
    }
  }
}
