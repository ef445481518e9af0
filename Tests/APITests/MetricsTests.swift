import Telemetry
import Testing

@Suite struct MetricsTests {
  /// Lines written by hand after OpenMetrics 1.0 and the connector's default bounds.
  @Test func spansAreCallsAndDurations() async throws {
    var counts = IntakeCounts()
    counts.spans = 3
    counts.refusals.add(.path, latest: "x", count: 2)
    try await TestAPI.run(counts: counts) { api in
      let answer = try await api.send("GET", "/metrics")
      #expect(answer.headers.contains("application/openmetrics-text; version=1.0.0"))
      let lines = answer.text.split(separator: "\n").map(String.init)
      let charge =
        #"service_name="pay",span_name="Charge",span_kind="SPAN_KIND_CLIENT",status_code="STATUS_CODE_ERROR""#
      let exemplar =
        " # {trace_id=\"\(ThreeSpans.traceID)\",span_id=\"0000000000000002\"} 12.0"
      let histogram = "traces_span_metrics_duration_milliseconds"
      #expect(lines.contains("traces_span_metrics_calls_total{\(charge)} 1\(exemplar)"))
      #expect(lines.contains("\(histogram)_bucket{\(charge),le=\"10.0\"} 0"))
      #expect(lines.contains("\(histogram)_bucket{\(charge),le=\"50.0\"} 1\(exemplar)"))
      #expect(lines.contains("\(histogram)_bucket{\(charge),le=\"100.0\"} 1"))
      #expect(lines.contains("\(histogram)_bucket{\(charge),le=\"+Inf\"} 1"))
      #expect(lines.contains("\(histogram)_count{\(charge)} 1"))
      #expect(lines.contains("\(histogram)_sum{\(charge)} 12.0"))
      #expect(answer.text.contains(#"span_name="GET \"/\"","#))
      #expect(lines.contains("otel_tui_spans_total 3"))
      #expect(lines.contains("otel_tui_spans_held 3"))
      #expect(lines.contains { $0.hasPrefix("otel_tui_refused_total{") && $0.hasSuffix("} 2") })
      #expect(lines.last == "# EOF")
    }
  }
}
