import QueryLanguage
import Telemetry

/// One span as indented JSON, keys as the query language names them.
enum SpanJSON {
  static func lines(_ index: Int, _ view: TraceView) -> [String] {
    let node = view.nodes[index]
    let span = view.batch.spans[index]
    var lines = [
      "{", "  \"trace_id\": \(text(view.id.description)),",
      "  \"span_id\": \(text(node.spanID.description)),",
      "  \"parent_id\": \(span.parentID == 0 ? "null" : text(node.parentID.description)),",
      "  \"name\": \(text(view.texts[Int(node.name)])),",
      "  \"service\": \(text(view.texts[Int(node.service)])),",
      "  \"kind\": \(text(node.kind.name)),", "  \"status\": \(text(node.status.name)),",
      "  \"status_message\": \(text(view.batch.text(span.statusMessage))),",
      "  \"start_ns\": \"\(span.start)\",", "  \"duration_ns\": \(node.duration.count),",
    ]
    lines += object("attributes", view.batch.entries(span.attributes), "  ", view) + [","]
    lines +=
      object(
        "resource", view.batch.entries(view.batch.resources[Int(span.resource)].attributes), "  ",
        view) + [","]
    let scope = view.batch.scopes[Int(span.scope)]
    lines += [
      "  \"scope_name\": \(text(view.batch.text(scope.name))),",
      "  \"scope_version\": \(text(view.batch.text(scope.version))),",
    ]
    lines += events(span, view) + [","]
    lines += links(span, view)
    lines.append("}")
    return joined(lines)
  }

  private static func events(_ span: SpanRecord, _ view: TraceView) -> [String] {
    guard span.events.count > 0 else { return ["  \"events\": []"] }
    var lines = ["  \"events\": ["]
    let last = span.events.indices.upperBound - 1
    for place in span.events.indices {
      let event = view.batch.events[place]
      lines += [
        "    {", "      \"name\": \(text(view.batch.text(event.name))),",
        "      \"time_ns\": \"\(event.time)\",",
      ]
      lines += object("attributes", view.batch.entries(event.attributes), "      ", view)
      lines.append(place == last ? "    }" : "    },")
    }
    return lines + ["  ]"]
  }

  private static func links(_ span: SpanRecord, _ view: TraceView) -> [String] {
    guard span.links.count > 0 else { return ["  \"links\": []"] }
    var lines = ["  \"links\": ["]
    let last = span.links.indices.upperBound - 1
    for place in span.links.indices {
      let link = view.batch.links[place]
      let trace = TraceID(high: link.traceHigh, low: link.traceLow).description
      lines += [
        "    {", "      \"trace_id\": \(text(trace)),",
        "      \"span_id\": \(text(SpanID(link.spanID).description)),",
      ]
      lines += object("attributes", view.batch.entries(link.attributes), "      ", view)
      lines.append(place == last ? "    }" : "    },")
    }
    return lines + ["  ]"]
  }

  private static func object(
    _ name: String, _ entries: [AttributeValue.Entry], _ indent: String, _ view: TraceView
  ) -> [String] {
    guard !entries.isEmpty else { return ["\(indent)\"\(name)\": {}"] }
    var lines = ["\(indent)\"\(name)\": {"]
    for (place, entry) in entries.enumerated() {
      let comma = place == entries.count - 1 ? "" : ","
      lines.append("\(indent)  \(text(entry.key)): \(ValueJSON.text(entry.value))\(comma)")
    }
    return lines + ["\(indent)}"]
  }

  /// A lone comma goes to the end of the line before it.
  private static func joined(_ lines: [String]) -> [String] {
    var result: [String] = []
    for line in lines {
      if line == ",", !result.isEmpty {
        result[result.count - 1] += ","
      } else {
        result.append(line)
      }
    }
    return result
  }

  private static func text(_ value: String) -> String { ValueJSON.text(.text(value)) }
}
