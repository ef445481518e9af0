import QueryLanguage
import Telemetry

/// The texts of the side panel.
enum PanelLines {
  typealias Line = TracePanel.Line

  /// What matters most comes first: identity and time, errors, then attributes by what they say
  /// of the operation, ids last.
  static func fields(_ index: Int, _ view: TraceView) -> [Line] {
    let node = view.nodes[index]
    let span = view.batch.spans[index]
    let service = view.texts[Int(node.service)]
    var lines = [
      field(.spanName, .text(view.texts[Int(node.name)])), field(.serviceName, .text(service)),
      Line(
        FieldName.durationMS, node.duration.short, .number,
        .field(.duration, .double(node.duration.milliseconds))),
      Line(
        FieldName.selfMS, node.selfTime.short, .number,
        .field(FieldRef(FieldName.selfMS), .double(node.selfTime.milliseconds))),
      Line(
        "starts at", "+" + Nanoseconds(from: view.start, to: node.start).short, .number),
      field(FieldRef(FieldName.spanKind), .text(node.kind.name)),
      Line(
        FieldName.statusCode, node.status.name, node.isError ? .error : .text,
        .field(FieldRef(FieldName.statusCode), .text(node.status.name))),
    ]
    if !span.statusMessage.isEmpty {
      let message = view.batch.text(span.statusMessage)
      lines.append(
        Line(
          FieldName.statusMessage, message, .error,
          .field(FieldRef(FieldName.statusMessage), .text(message))))
    }
    lines += marks(node)
    lines += attributes(span.attributes, view, scope: .automatic)
    lines += [
      field(FieldRef(FieldName.traceID), .text(view.id.description)),
      field(.spanID, .text(node.spanID.description)),
    ]
    if span.parentID != 0 {
      lines.append(field(FieldRef(FieldName.parentID), .text(node.parentID.description)))
    }
    if !span.traceState.isEmpty {
      lines.append(field(FieldRef(FieldName.traceState), .text(view.batch.text(span.traceState))))
    }
    return lines
  }

  private static func field(_ field: FieldRef, _ value: ResultValue) -> Line {
    let tone: TracePanel.Tone = field.builtin?.type == .id ? .id : .text
    return Line(field.name, ValueMenu.text(value), tone, .field(field, value))
  }

  /// What is odd about a span, in words.
  private static func marks(_ node: TraceNode) -> [Line] {
    let words: [(SpanMarks, String)] = [
      (.invalidDuration, "ends before it starts: duration taken as 0"),
      (.invalidTraceID, "trace id of the wrong length"),
      (.invalidSpanID, "span id of the wrong length"),
      (.invalidParentID, "parent id of the wrong length"), (.unknownEnum, "unknown kind or status"),
      (.noTimes, "no times"), (.truncated, "cut off in the input"),
      (.duplicateID, "another span has the same id"),
      (.parentCycle, "its parents lead back to it: cut here"),
    ]
    return words.filter { node.marks.contains($0.0) }.map { Line("mark", $0.1, .error) }
  }

  static func attributes(
    _ range: RecordRange, _ view: TraceView, scope: FieldScope
  ) -> [Line] {
    let entries = view.batch.entries(range).map { (rank: FieldRank.of($0.key), entry: $0) }
    let sorted = entries.sorted { ($0.rank, $0.entry.key) < ($1.rank, $1.entry.key) }
    return sorted.map { _, entry in
      let value = ResultValue(entry.value) ?? .missing
      return Line(
        entry.key, ValueMenu.exact(value), tone(entry.value),
        .field(FieldRef(entry.key, scope: scope), value), type: entry.value.type.name)
    }
  }

  private static func tone(_ value: AttributeValue) -> TracePanel.Tone {
    switch value {
    case .text: .text
    case .integer, .double: .number
    case .bool: .bool
    case .empty: .dim
    case .bytes, .array, .map: .json
    }
  }

  static func events(_ index: Int, _ view: TraceView) -> [Line] {
    let span = view.batch.spans[index]
    guard span.events.count > 0 else { return [Line("", "no events", .dim)] }
    var lines: [Line] = []
    for event in view.batch.events[span.events.indices] {
      let name = view.batch.text(event.name)
      let after = UnixNanos(event.time).since(view.nodes[index].start)
      let time = after < 0 ? "-" + Nanoseconds(-after).short : "+" + Nanoseconds(after).short
      lines.append(Line(name, time, .heading))
      for entry in view.batch.entries(event.attributes) {
        let value = ValueMenu.exact(ResultValue(entry.value) ?? .missing)
        let parts = value.split(separator: "\n", omittingEmptySubsequences: false)
        let isError = entry.key.hasPrefix("exception.")
        lines.append(
          Line(
            "  " + entry.key, String(parts.first ?? ""), isError ? .error : tone(entry.value),
            .text(value)))
        // A stack trace is read line by line.
        for part in parts.dropFirst() { lines.append(Line("", "    " + part, .dim, .text(value))) }
      }
    }
    return lines
  }

  static func links(_ index: Int, _ view: TraceView) -> [Line] {
    let span = view.batch.spans[index]
    guard span.links.count > 0 else { return [Line("", "no links", .dim)] }
    var lines: [Line] = []
    for link in view.batch.links[span.links.indices] {
      let trace = TraceID(high: link.traceHigh, low: link.traceLow)
      let id = SpanID(link.spanID)
      lines.append(Line("trace", trace.description, .id, .link(trace, id)))
      lines.append(Line("  span", id.description, .id, .link(trace, id)))
      lines += attributes(link.attributes, view, scope: .automatic).map {
        Line("  " + $0.key, $0.value, $0.tone)
      }
    }
    return lines
  }

  static func resource(_ index: Int, _ view: TraceView) -> [Line] {
    let span = view.batch.spans[index]
    let scope = view.batch.scopes[Int(span.scope)]
    var lines = [Line("resource", "", .heading)]
    lines += attributes(
      view.batch.resources[Int(span.resource)].attributes, view, scope: .resource)
    lines.append(Line("scope", "", .heading))
    lines.append(
      field(FieldRef(FieldName.libraryName), .text(view.batch.text(scope.name))))
    if !scope.version.isEmpty {
      lines.append(field(FieldRef(FieldName.libraryVersion), .text(view.batch.text(scope.version))))
    }
    lines += attributes(scope.attributes, view, scope: .scope)
    return lines
  }

  static func json(_ index: Int, _ view: TraceView) -> [Line] {
    SpanJSON.lines(index, view).map { Line("", $0, .json) }
  }
}
