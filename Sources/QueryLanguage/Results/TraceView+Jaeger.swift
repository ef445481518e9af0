package import Telemetry

extension TraceView {
  /// The trace as the Jaeger UI reads and writes it: one object with `data`.
  ///
  /// Times are whole microseconds there, so nanoseconds are lost. Source: jaeger
  /// `model/json/model.go`.
  package func jaegerJSON() -> JSONWriter {
    let processes = self.processes
    var json = JSONWriter()
    json.object { json in
      json.member("data") { json in
        json.array([self]) { json, trace in
          json.object { json in
            json.member("traceID") { $0.string(id.description) }
            json.member("spans") { json in
              json.array(nodes.indices) { json, index in
                writeSpan(index, process: processes.ofSpan[index], to: &json)
              }
            }
            json.member("processes") { json in
              json.object { json in
                for (position, index) in processes.first.enumerated() {
                  json.member("p\(position + 1)") { writeProcess(of: index, to: &$0) }
                }
              }
            }
            json.member("warnings") { $0.null() }
          }
        }
      }
    }
    return json
  }

  /// A process for each resource: the first span of each, and the process of each span.
  private var processes: (first: [Int], ofSpan: [Int]) {
    var known: [UInt32: Int] = [:]
    var first: [Int] = []
    let ofSpan = batch.spans.enumerated().map { index, span in
      if let position = known[span.resource] { return position }
      first.append(index)
      known[span.resource] = first.count
      return first.count
    }
    return (first, ofSpan)
  }

  private func writeProcess(of index: Int, to json: inout JSONWriter) {
    let resource = batch.resources[Int(batch.spans[index].resource)]
    json.object { json in
      json.member("serviceName") { $0.string(texts[Int(nodes[index].service)]) }
      json.member("tags") { json in
        json.array(batch.entries(resource.attributes).filter { $0.key != FieldName.serviceName }) {
          writeTag($1.key, $1.value, to: &$0)
        }
      }
    }
  }

  private func writeSpan(_ index: Int, process: Int, to json: inout JSONWriter) {
    let node = nodes[index]
    let span = batch.spans[index]
    json.object { json in
      json.member("traceID") { $0.string(id.description) }
      json.member("spanID") { $0.string(node.spanID.description) }
      json.member("operationName") { $0.string(texts[Int(node.name)]) }
      json.member("references") { writeReferences(span, to: &$0) }
      json.member("startTime") { $0.integer(span.start / 1_000) }
      json.member("duration") { $0.integer((node.duration + Nanoseconds(500)).count / 1_000) }
      json.member("tags") { json in
        json.array(tags(index)) { writeTag($1.key, $1.value, to: &$0) }
      }
      json.member("logs") { json in
        json.array(batch.events[span.events.indices]) { json, event in
          json.object { json in
            json.member("timestamp") { $0.integer(event.time / 1_000) }
            json.member("fields") { json in
              let name = AttributeValue.Entry("event", .text(batch.text(event.name)))
              json.array([name] + batch.entries(event.attributes)) {
                writeTag($1.key, $1.value, to: &$0)
              }
            }
          }
        }
      }
      json.member("processID") { $0.string("p\(process)") }
      json.member("warnings") { $0.null() }
    }
  }

  private func writeReferences(_ span: SpanRecord, to json: inout JSONWriter) {
    var references: [(type: String, trace: TraceID, span: UInt64)] = []
    if span.parentID != 0 { references.append(("CHILD_OF", id, span.parentID)) }
    for link in batch.links[span.links.indices] {
      let trace = TraceID(high: link.traceHigh, low: link.traceLow)
      references.append(("FOLLOWS_FROM", trace, link.spanID))
    }
    json.array(references) { json, reference in
      json.object { json in
        json.member("refType") { $0.string(reference.type) }
        json.member("traceID") { $0.string(reference.trace.description) }
        json.member("spanID") { $0.string(SpanID(reference.span).description) }
      }
    }
  }

  /// Attributes, and as tags what OpenTelemetry has fields for (its Jaeger mapping).
  private func tags(_ index: Int) -> [AttributeValue.Entry] {
    let node = nodes[index]
    let span = batch.spans[index]
    var tags = batch.entries(span.attributes)
    if node.kind != .unspecified {
      tags.append(AttributeValue.Entry("span.kind", .text(node.kind.name)))
    }
    if node.status != .unset {
      let code = node.status == .error ? "ERROR" : "OK"
      tags.append(AttributeValue.Entry("otel.status_code", .text(code)))
    }
    if node.isError { tags.append(AttributeValue.Entry("error", .bool(true))) }
    if !span.statusMessage.isEmpty {
      tags.append(
        AttributeValue.Entry("otel.status_description", .text(batch.text(span.statusMessage))))
    }
    let scope = batch.scopes[Int(span.scope)]
    if !scope.name.isEmpty {
      tags.append(AttributeValue.Entry("otel.scope.name", .text(batch.text(scope.name))))
    }
    return tags
  }

  private func writeTag(_ key: String, _ value: AttributeValue, to json: inout JSONWriter) {
    let type =
      switch value {
      case .bool: "bool"
      case .integer: "int64"
      case .double: "float64"
      case .bytes: "binary"
      case .text, .empty, .array, .map: "string"
      }
    json.object { json in
      json.member("key") { $0.string(key) }
      json.member("type") { $0.string(type) }
      json.member("value") { json in
        switch value {
        case .bool, .integer, .double, .text, .bytes: json.value(value)
        case .empty: json.string("")
        case .array, .map: json.string(ValueJSON.text(value))
        }
      }
    }
  }
}
