import QueryLanguage
import Telemetry

/// A span of a sketch: as little as a query can tell apart, and small enough to be counted by eye.
struct SketchSpan: Sendable {
  /// Milliseconds after the sketch's beginning.
  var at: Int
  var service: String
  var route: String
  var milliseconds: Double
  var trace: UInt8

  init(_ at: Int, _ service: String, _ route: String, _ milliseconds: Double, _ trace: UInt8) {
    (self.at, self.service, self.route) = (at, service, route)
    (self.milliseconds, self.trace) = (milliseconds, trace)
  }

  /// 2026-03-01T12:00:00Z
  static let beginning = UnixNanos(1_772_366_400_000_000_000)

  var start: UnixNanos { Self.beginning.advanced(by: Int64(at) * 1_000_000) }
  var traceID: TraceID { TraceID(high: 0xAA, low: UInt64(trace)) }
  var spanID: SpanID { SpanID(UInt64(at) + 1) }
  var name: String { "GET \(route)" }
  /// Who asked; only `web` knows.
  var user: String? { service == "web" ? (at % 320 == 0 ? "ann" : "bob") : nil }

  /// Ten seconds of two services: `web` busy and quick, `db` seldom and slow, one span far out.
  static let sample: [SketchSpan] = {
    var spans: [SketchSpan] = []
    for number in 0..<60 {
      let route = number % 3 == 0 ? "/cart" : "/home"
      spans.append(
        SketchSpan(number * 160, "web", route, 2 + Double(number % 5), UInt8(number % 20)))
    }
    for number in 0..<12 {
      spans.append(
        SketchSpan(number * 800 + 30, "db", "/sql", 40 + Double(number) * 3, UInt8(number)))
    }
    spans.append(SketchSpan(6_250, "db", "/sql", 900, 77))
    return spans
  }()
}

extension SpanBatch {
  /// The spans as a decoder would deliver them.
  init(_ spans: [SketchSpan]) {
    self.init()
    scopes.append(ScopeRecord())
    var known: [String: UInt32] = [:]
    for sketch in spans {
      let resource = known[sketch.service] ?? UInt32(resources.count)
      if known[sketch.service] == nil {
        known[sketch.service] = resource
        var record = ResourceRecord()
        record.attributes = append(
          attributes: [.init(FieldName.serviceName, .text(sketch.service))])
        resources.append(record)
      }
      var span = SpanRecord()
      (span.traceHigh, span.traceLow) = (0xAA, UInt64(sketch.trace))
      span.spanID = sketch.spanID.value
      span.start = sketch.start.sinceEpoch
      span.end = span.start + UInt64(sketch.milliseconds * 1_000_000)
      span.name = append(text: sketch.name)
      span.resource = resource
      var own: [AttributeValue.Entry] = [.init("http.route", .text(sketch.route))]
      if let user = sketch.user { own.append(.init("user.id", .text(user))) }
      span.attributes = append(attributes: own)
      self.spans.append(span)
    }
  }
}
