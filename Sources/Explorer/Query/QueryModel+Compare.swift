package import QueryLanguage
import Telemetry

extension QueryModel {
  /// Shows what is different about a selection, with a query above it.
  mutating func compare(
    _ query: Query, _ request: CompareRequest, _ label: String?, _ context: Context
  ) -> [Intent] {
    input = nil
    let query = query.during(context.time)
    if query != self.query {
      past.leave(self.query)
      self.query = query
      tabs.reset()
      isUnrecorded = true
    }
    failure = nil
    warnings = QueryCheck.check(query, context.catalog).warnings
    tabs.shown.leave()
    tabs[CompareTab.self].start(request, label)
    tabs.show(CompareTab.self)
    return refresh(context, isNew: true)
  }

  /// `d`: what is different about what the cursor is on.
  mutating func compareShown(_ context: Context) -> [Intent] {
    guard let (request, label) = tabs.shown.comparison(page(context)) else {
      return [.notice(Notice("there is nothing here to compare"))]
    }
    return compare(query, request, label, context)
  }
}

extension ResultsTab {
  package func comparison(_ page: QueryPage) -> (request: CompareRequest, label: String?)? {
    guard let result, result.spansMatched > 0 else { return nil }
    if isInGraph, let part = graphPart {
      return (part.comparison(of: page.query), part.label(page.context))
    }
    let row = result.tableRow(table.list.selected)
    guard case .group = row, !page.query.groupBy.isEmpty else {
      return (CompareTab.standard(page.query), nil)
    }
    let part = part(of: row, result)
    let terms = part.group.map { term in
      Filter.whether(
        term.field, is: term.value,
        of: result.columns.first { $0.source == .field(term.field) }?.type)
    }
    let label = part.group.map { "\(QueryText.print($0.field)) = \(ValueMenu.text($0.value))" }
    return (Self.comparison(page.query, terms), label.joined(separator: ", "))
  }

  /// What matches more conditions beside all else that the query takes.
  static func comparison(_ query: Query, _ terms: [Filter]) -> CompareRequest {
    CompareRequest(
      SpanChoice(filter: Filter.all([query.filter].compactMap(\.self) + terms)),
      .choice(SpanChoice(filter: query.filter)))
  }
}

extension QueryPart {
  /// What lies in it, beside all else that the query takes.
  func comparison(of query: Query) -> CompareRequest {
    var terms = group.map { Filter.whether($0.field, is: $0.value, of: .mixed) }
    let time = FieldRef.startTime
    terms.append(.compare(time, .greaterOrEqual, .time(start.sinceEpoch)))
    terms.append(.compare(time, .less, .time(end.sinceEpoch)))
    if let values, values.lowerBound > -.greatestFiniteMagnitude {
      terms.append(.compare(field, .greaterOrEqual, .double(values.lowerBound)))
    }
    if let values, values.upperBound < .greatestFiniteMagnitude {
      terms.append(.compare(field, .lessOrEqual, .double(values.upperBound)))
    }
    return ResultsTab.comparison(query, terms)
  }

  /// Its time, values and group in a few words.
  func label(_ context: Context) -> String {
    var parts = [context.clock.stretch(start, end, now: context.now)]
    if let low, let high {
      let isDuration = field.builtin?.isDuration == true
      let unit: ValueAxis.Unit = isDuration ? .milliseconds : .number
      parts.append("\(unit.text(low))–\(unit.text(high))")
    }
    parts += group.map { ValueMenu.text($0.value) }
    return "the box " + parts.joined(separator: ", ")
  }
}

extension TracesTab {
  package func comparison(_ page: QueryPage) -> (request: CompareRequest, label: String?)? {
    list.current.map { TracesModel.comparison([$0.id]) }
  }
}

extension RawTab {
  package func comparison(_ page: QueryPage) -> (request: CompareRequest, label: String?)? {
    guard let cell, cell.field != .traceID, cell.field != .startTime else {
      return (CompareTab.standard(page.query), nil)
    }
    let type = page.context.catalog.type(of: cell.field)
    let term = Filter.whether(cell.field, is: cell.value, of: type)
    let label = "\(QueryText.print(cell.field)) = \(ValueMenu.text(cell.value))"
    return (ResultsTab.comparison(page.query, [term]), label)
  }
}
