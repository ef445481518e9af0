import Explorer
import QueryLanguage
import Telemetry

extension SketchAnswers {
  func raw(_ query: Query, _ options: RunOptions) -> QueryResult {
    var found = spans.filter { $0.matches(query.filter) }.sorted { $0.at > $1.at }
    let matched = found.count
    found = Array(found.prefix(query.limit ?? 100))
    var fields: [FieldRef] = [.startTime, .serviceName, .spanName, .duration]
    fields += [FieldRef("status_code"), .traceID]
    fields += options.rawFields.filter { !fields.contains($0) }
    var result = QueryResult(query: query)
    result.columns = fields.map { field in
      ResultColumn(name: field.text, type: field.builtin?.type ?? .text, source: .field(field))
    }
    result.rows = found.map { span in fields.map { span.value($0) } }
    result.spans = found.map { SpanKey(trace: $0.traceID, span: $0.spanID) }
    (result.spansMatched, result.spansExamined) = (matched, spans.count)
    return result
  }

  func traces(_ request: TraceListRequest) -> TraceList {
    let found = spans.filter { span in
      guard span.matches(request.filter) else { return false }
      if case .range(.instant(let from), .instant(let to))? = request.time,
        !(span.start >= from && span.start < to)
      {
        return false
      }
      guard request.group.allSatisfy({ span.value($0.field) == $0.value }) else { return false }
      return request.valueRange?.contains(span.milliseconds) ?? true
    }
    var list = TraceList()
    for (id, matches) in Dictionary(grouping: found, by: \.traceID) {
      let all = spans.filter { $0.traceID == id }
      guard let first = all.min(by: { $0.at < $1.at }),
        let best = matches.max(by: { $0.milliseconds < $1.milliseconds })
      else { continue }
      var summary = TraceSummary(
        id: id, rootService: first.service, rootName: "GET \(first.route)", start: first.start,
        duration: Nanoseconds(Int64(first.milliseconds * 1e6)), spanCount: all.count,
        errorCount: 0, serviceCount: Set(all.map(\.service)).count)
      summary.matches = matches.count
      summary.value = best.milliseconds
      summary.matchingSpan = best.spanID
      list.traces.append(summary)
    }
    list.traces.sort { a, b in
      switch request.order {
      case .newest: a.start > b.start
      case .smallestValue: (a.value ?? 0) < (b.value ?? 0)
      default: (b.value ?? 0, a.id.description) < (a.value ?? 0, b.id.description)
      }
    }
    list.total = list.traces.count
    list.traces = Array(list.traces.prefix(request.limit))
    return list
  }

  func trace(_ id: TraceID) -> TraceView? { nil }

  var catalog: FieldCatalog {
    func summary(_ name: String, _ type: FieldType, _ values: [String] = []) -> FieldSummary {
      let isBuiltin = BuiltinField(rawValue: name) != nil
      return FieldSummary(
        name: name, place: isBuiltin ? .automatic : .span, type: type, spans: spans.count,
        distinct: values.count, top: values.map { (.text($0), 10) })
    }
    return FieldCatalog(
      fields: [
        summary("duration_ms", .double), summary("service.name", .text, ["web", "db"]),
        summary("name", .text), summary("http.route", .text, ["/home", "/cart", "/sql"]),
        summary("user.id", .text, ["ann", "bob"]),
      ], spanCount: spans.count)
  }
}
