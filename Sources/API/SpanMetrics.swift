import QueryLanguage
import Telemetry

/// Calls and durations of the spans held, in the names and units of the collector's spanmetrics
/// connector as its Prometheus exporter writes them, and what the program counts of its intake.
///
/// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
/// https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
enum SpanMetrics {
  static let contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  /// Milliseconds; the connector's own.
  static let bounds = [
    2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_400, 2_000, 5_000, 10_000, 15_000,
  ]

  /// Sets of labels written at most; one for each span would fill whatever scrapes them.
  private static let seriesLimit = 5_000
  /// The newest spans, of which exemplars are taken.
  private static let exemplarSpans = 2_000

  private static let labels: [(name: String, field: BuiltinField, prefix: String?)] = [
    ("service_name", .serviceName, nil), ("span_name", .name, nil),
    ("span_kind", .spanKind, "SPAN_KIND_"), ("status_code", .statusCode, "STATUS_CODE_"),
  ]

  static func text(_ backend: any QueryBackend, _ counts: IntakeCounts) async throws -> String {
    let duration = BuiltinField.durationMS.rawValue
    let fields = labels.map(\.field.rawValue).joined(separator: ", ")
    let buckets = bounds.map { "COUNT(WHERE \(duration) <= \($0))" }.joined(separator: ", ")
    let query = try QueryText.parse(
      "VISUALIZE COUNT, SUM(\(duration)), \(buckets) GROUP BY \(fields) LIMIT \(seriesLimit)")
    var options = RunOptions()
    options.seriesLimit = 0
    let result = try await backend.run(query, options)
    let exemplars = try await exemplars(backend)
    var text = ""
    let calls = "traces_span_metrics_calls"
    text += "# TYPE \(calls) counter\n# HELP \(calls) Spans held.\n"
    for row in result.rows where row.count > labels.count {
      let names = labelText(row)
      text += "\(calls)_total{\(names)} \(number(row[labels.count]))"
      text += "\(exemplars[names]?.last?.text ?? "")\n"
    }
    let histogram = "traces_span_metrics_duration_milliseconds"
    text += "# TYPE \(histogram) histogram\n# UNIT \(histogram) milliseconds\n"
    text += "# HELP \(histogram) Durations of the spans held.\n"
    for row in result.rows where row.count == labels.count + 2 + bounds.count {
      let names = labelText(row)
      let found = exemplars[names] ?? []
      for (index, bound) in bounds.enumerated() {
        let lower = index == 0 ? -Double.infinity : Double(bounds[index - 1])
        let exemplar = found.first { $0.value > lower && $0.value <= Double(bound) }
        text += "\(histogram)_bucket{\(names),le=\"\(bound).0\"} "
        text += "\(number(row[labels.count + 2 + index]))\(exemplar?.text ?? "")\n"
      }
      let last = found.first { $0.value > Double(bounds.last ?? 0) }
      text += "\(histogram)_bucket{\(names),le=\"+Inf\"} \(number(row[labels.count]))"
      text += "\(last?.text ?? "")\n"
      text += "\(histogram)_count{\(names)} \(number(row[labels.count]))\n"
      text += "\(histogram)_sum{\(names)} \(number(row[labels.count + 1]))\n"
    }
    return text + own(counts, result.spansExamined) + "# EOF\n"
  }

  // MARK: The program's own

  private static func own(_ counts: IntakeCounts, _ held: Int) -> String {
    var text = """
      # TYPE otel_tui_spans_held gauge
      # HELP otel_tui_spans_held Spans held now.
      otel_tui_spans_held \(held)

      """
    let counters: [(name: String, help: String, value: Int)] = [
      ("spans", "Spans decoded, resends included.", counts.spans),
      ("bytes", "Bytes decoded, after unpacking.", counts.bytes),
      ("lines", "Lines seen.", counts.lines),
      ("skipped_lines", "Lines that are no telemetry.", counts.otherLines),
      ("bad_records", "Records that could not be read.", counts.badRecords),
      ("metrics", "Metrics, recognised and not kept.", counts.metrics),
      ("log_records", "Log records, recognised and not kept.", counts.logRecords),
      ("requests", "Requests answered, refused ones included.", counts.requests),
      ("duplicates", "Identical resends of spans, dropped.", counts.duplicates),
      ("evicted_spans", "Spans let go when the memory was full.", counts.evictedSpans),
      ("evicted_traces", "Traces of which nothing is held any more.", counts.evictedTraces),
    ]
    for counter in counters {
      text += "# TYPE otel_tui_\(counter.name) counter\n"
      text += "# HELP otel_tui_\(counter.name) \(counter.help)\n"
      text += "otel_tui_\(counter.name)_total \(counter.value)\n"
    }
    text += "# TYPE otel_tui_refused counter\n"
    text += "# HELP otel_tui_refused Requests and connections refused, by reason.\n"
    for entry in counts.refusals.entries {
      let reason = escaped(entry.reason.rawValue)
      text += "otel_tui_refused_total{reason=\"\(reason)\"} \(entry.count)\n"
    }
    return text
  }

  // MARK: Exemplars

  private struct Exemplar {
    var value: Double
    var text: String
  }

  /// Of each set of labels, the newest first.
  private static func exemplars(_ backend: any QueryBackend) async throws -> [String: [Exemplar]] {
    let wanted = labels.map(\.field) + [.durationMS]
    var options = RunOptions()
    options.rawFields = wanted.map { FieldRef($0.rawValue) }
    let query = try QueryText.parse(
      "ORDER BY \(BuiltinField.startTime.rawValue) DESC LIMIT \(exemplarSpans)")
    let result = try await backend.run(query, options)
    let places = wanted.map { field in
      result.columns.firstIndex { $0.source == .field(FieldRef(field.rawValue)) }
    }.compactMap(\.self)
    guard places.count == wanted.count else { return [:] }
    var found: [String: [Exemplar]] = [:]
    for (row, span) in zip(result.rows, result.spans) {
      let values = places.map { row[$0] }
      guard let value = values[labels.count].number else { continue }
      let ids = "trace_id=\"\(span.trace)\",span_id=\"\(span.span)\""
      found[labelText(values), default: []].append(
        Exemplar(value: value, text: " # {\(ids)} \(number(values[labels.count]))"))
    }
    return found
  }

  // MARK: Texts

  /// - Parameter row: begins with the values of the labels.
  private static func labelText(_ row: [ResultValue]) -> String {
    zip(labels, row).map { label, value in
      var text = ""
      if case .text(let given) = value { text = given }
      if let prefix = label.prefix { text = prefix + text.uppercased() }
      return "\(label.name)=\"\(escaped(text))\""
    }.joined(separator: ",")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func number(_ value: ResultValue) -> String {
    switch value {
    case .integer(let value): String(value)
    case .double(let value) where value.isNaN: "NaN"
    case .double(let value) where value.isInfinite: value < 0 ? "-Inf" : "+Inf"
    case .double(let value): String(value)
    default: "0"
    }
  }
}
