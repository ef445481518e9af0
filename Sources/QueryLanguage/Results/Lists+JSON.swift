package import Telemetry

extension TraceList {
  /// One object on one line, without a newline: `{"traces": […], "total"}`.
  package func json() -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.member("traces") { json in
        json.array(traces) { json, trace in trace.write(to: &json) }
      }
      json.member("total") { $0.integer(total) }
    }
    return json
  }
}

extension TraceSummary {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("trace_id") { $0.string(id.description) }
      json.member("root_service") { $0.string(rootService) }
      json.member("root_name") { $0.string(rootName) }
      json.member("root_missing") { $0.bool(isRootMissing) }
      json.member("start_ns") { $0.nanoseconds(start.sinceEpoch) }
      json.member("duration_ns") { $0.nanoseconds(duration.count) }
      json.member("spans") { $0.integer(spanCount) }
      json.member("errors") { $0.integer(errorCount) }
      json.member("services") { $0.integer(serviceCount) }
      json.member("matches") { $0.integer(matches) }
    }
  }
}

extension EventList {
  /// One object on one line, without a newline: `{"events": […]}`.
  package func json() -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.member("events") { json in
        json.array(events) { json, event in event.write(to: &json) }
      }
    }
    return json
  }
}

extension EventLine {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("time_ns") { $0.nanoseconds(time.sinceEpoch) }
      json.member("service") { $0.string(service) }
      json.member("span_name") { $0.string(spanName) }
      json.member("name") { $0.string(name) }
      json.member("detail") { $0.string(detail) }
      json.member("exception") { $0.bool(isException) }
      json.member("trace_id") { $0.string(span.trace.description) }
      json.member("span_id") { $0.string(span.span.description) }
    }
  }
}
