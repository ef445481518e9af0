package import Telemetry

extension TraceView {
  /// One object on one line, without a newline: the contract of `otel-tui trace`. Spans are in the order
  /// of the waterfall.
  package func json() -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.member("trace_id") { $0.string(id.description) }
      json.member("start_ns") { $0.nanoseconds(start.sinceEpoch) }
      json.member("duration_ns") { $0.nanoseconds(duration.count) }
      json.member("spans") { json in
        json.array(nodes.indices) { json, index in writeSpan(index, to: &json) }
      }
      json.member("missing_parents") { $0.integer(missingParents) }
      json.member("roots") { $0.integer(rootCount) }
      json.member("cycles") { $0.integer(cycleCount) }
      json.member("orphans") { $0.integer(orphanCount) }
      if leftOut > 0 { json.member("spans_left_out") { $0.integer(leftOut) } }
    }
    return json
  }

  private func writeSpan(_ index: Int, to json: inout JSONWriter) {
    let node = nodes[index]
    let span = batch.spans[index]
    json.object { json in
      json.member("span_id") { $0.string(node.spanID.description) }
      json.member("parent_id") { json in
        if span.parentID == 0 { json.null() } else { json.string(node.parentID.description) }
      }
      json.member("name") { $0.string(texts[Int(node.name)]) }
      json.member("service") { $0.string(texts[Int(node.service)]) }
      json.member("kind") { $0.string(node.kind.name) }
      json.member("start_ns") { $0.nanoseconds(span.start) }
      json.member("duration_ns") { $0.nanoseconds(node.duration.count) }
      json.member("self_ns") { $0.nanoseconds(node.selfTime.count) }
      json.member("depth") { $0.integer(node.depth) }
      json.member("error") { $0.bool(node.isError) }
      json.member("status_message") { json in
        if span.statusMessage.isEmpty {
          json.null()
        } else {
          json.string(batch.text(span.statusMessage))
        }
      }
      json.member("attributes") { writeAttributes(span.attributes, to: &$0) }
      json.member("events") { json in
        json.array(batch.events[span.events.indices]) { json, event in
          json.object { json in
            json.member("name") { $0.string(batch.text(event.name)) }
            json.member("time_ns") { $0.nanoseconds(event.time) }
            json.member("attributes") { writeAttributes(event.attributes, to: &$0) }
          }
        }
      }
      json.member("links") { json in
        json.array(batch.links[span.links.indices]) { json, link in
          json.object { json in
            let trace = TraceID(high: link.traceHigh, low: link.traceLow)
            json.member("trace_id") { $0.string(trace.description) }
            json.member("span_id") { $0.string(SpanID(link.spanID).description) }
            json.member("attributes") { writeAttributes(link.attributes, to: &$0) }
          }
        }
      }
      json.member("on_critical_path") { $0.bool(node.isOnCriticalPath) }
    }
  }

  /// Of a repeated key the last value counts, as JSON readers take it.
  private func writeAttributes(_ range: RecordRange, to json: inout JSONWriter) {
    json.object { json in
      for entry in batch.entries(range) {
        json.member(entry.key) { $0.value(entry.value) }
      }
    }
  }
}
