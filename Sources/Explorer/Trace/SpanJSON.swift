import QueryLanguage
import Telemetry

/// One span as indented JSON, keys as the query language names them.
enum SpanJSON {
  static func lines(_ index: Int, _ view: TraceView) -> [String] {
    var json = JSONWriter(isIndented: true)
    json.object { write(index, view, to: &$0) }
    return json.text.split(separator: "\n").map(String.init)
  }

  private static func write(_ index: Int, _ view: TraceView, to json: inout JSONWriter) {
    let node = view.nodes[index]
    let batch = view.batch
    let span = batch.spans[index]
    let scope = batch.scopes[Int(span.scope)]
    let parent = span.parentID == 0 ? nil : node.parentID.description
    json.member("trace_id") { $0.string(view.id.description) }
    json.member("span_id") { $0.string(node.spanID.description) }
    json.member("parent_id") { json in
      if let parent { json.string(parent) } else { json.null() }
    }
    json.member("name") { $0.string(view.texts[Int(node.name)]) }
    json.member("service") { $0.string(view.texts[Int(node.service)]) }
    json.member("kind") { $0.string(node.kind.name) }
    json.member("status") { $0.string(node.status.name) }
    json.member("status_message") { $0.string(batch.text(span.statusMessage)) }
    json.member("start_ns") { $0.nanoseconds(span.start) }
    json.member("duration_ns") { $0.integer(node.duration.count) }
    json.member("attributes") { writeAttributes(span.attributes, batch, to: &$0) }
    json.member("resource") {
      writeAttributes(batch.resources[Int(span.resource)].attributes, batch, to: &$0)
    }
    json.member("scope_name") { $0.string(batch.text(scope.name)) }
    json.member("scope_version") { $0.string(batch.text(scope.version)) }
    json.member("events") { json in
      json.array(batch.events[span.events.indices]) { json, event in
        json.object { json in
          json.member("name") { $0.string(batch.text(event.name)) }
          json.member("time_ns") { $0.nanoseconds(event.time) }
          json.member("attributes") { writeAttributes(event.attributes, batch, to: &$0) }
        }
      }
    }
    json.member("links") { json in
      json.array(batch.links[span.links.indices]) { json, link in
        json.object { json in
          let trace = TraceID(high: link.traceHigh, low: link.traceLow)
          json.member("trace_id") { $0.string(trace.description) }
          json.member("span_id") { $0.string(SpanID(link.spanID).description) }
          json.member("attributes") { writeAttributes(link.attributes, batch, to: &$0) }
        }
      }
    }
  }

  /// Values stay on one line each, however deep they are.
  private static func writeAttributes(
    _ range: RecordRange, _ batch: SpanBatch, to json: inout JSONWriter
  ) {
    json.object { json in
      for entry in batch.entries(range) {
        json.member(entry.key) { $0.raw(ValueJSON.text(entry.value)) }
      }
    }
  }
}
