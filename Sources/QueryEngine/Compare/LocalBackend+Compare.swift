package import QueryLanguage
import SpanStore
import Telemetry

extension LocalBackend {
  /// How a selection differs from its baseline.
  ///
  /// - Throws: ``QueryError`` when a filter cannot be run, or there is no time before.
  @concurrent
  package func compare(_ request: CompareRequest) async throws -> CompareResult {
    let clock = ContinuousClock()
    let begin = clock.now
    let snapshot = snapshot()
    var result = CompareResult(request: request)
    let plan = try await ComparePlan(request, snapshot, alike: alike)
    result.warnings = try plan.filters.flatMap { try check($0, snapshot) }
    (result.selectionText, result.baselineText) = (plan.selectionText, plan.baselineText)
    let views = request.unit == .traces ? snapshot.wholeTraces : snapshot.views
    let names = request.fields.isEmpty ? fieldNames(snapshot) : []
    if names.count > ComparedFields.limit {
      result.warnings.append(
        QueryWarning("\(names.count) fields are held, and \(ComparedFields.limit) are compared"))
    }
    let comparison = try await SideComparison(
      request, views, selection: plan.selection, baseline: plan.baseline,
      names: names)
    result.counts = comparison.counts
    let differences = try await comparison.differences()
    result.fields = differences.map(\.difference)
    let paired = differences.filter { merged, difference in
      difference.sameAs == nil && !merged.isMeasure && !difference.isMostlyUnique
        && (!request.fields.isEmpty || result.role(of: difference) == .cause)
    }
    result.pairs = try await PairSearch(
      paired.map(\.merged), comparison.units, comparison.counts
    ).run()
    result.spansExamined = snapshot.views.reduce(0) { $0 + $1.liveCount }
    if let few = Self.warning(of: result.counts, request.unit) { result.warnings.append(few) }
    result.elapsed = Nanoseconds(begin.duration(to: clock.now))
    return result
  }

  /// The names among which "alike" looks: those of the selected spans, or of their traces' roots.
  private func alike(_ request: CompareRequest) async throws -> Filter? {
    var name = FieldRef.spanName
    if request.unit == .traces { name.relation = .root }
    var query = Query(filter: request.selection.filter, groupBy: [name])
    query.time = request.selection.time
    query.limit = Self.nameLimit + 1
    var options = RunOptions(now: request.now, defaultTime: request.defaultTime)
    options.seriesLimit = 0
    let names = try await run(query, options).rows.compactMap { $0.first?.literal }
    guard !names.isEmpty, names.count <= Self.nameLimit else { return nil }
    return names.count == 1
      ? .test(name, .equal, .value(names[0])) : .test(name, .isIn, .list(names))
  }

  /// With more names than these nearly everything is alike.
  private static let nameLimit = 50

  /// What so few can and cannot tell.
  private static func warning(
    of counts: Sides, _ unit: CompareRequest.Unit
  ) -> QueryWarning? {
    let (one, many) = unit == .spans ? ("span", "spans") : ("trace", "traces")
    func text(_ count: Int) -> String { count == 1 ? "1 \(one)" : "\(count) \(many)" }
    if counts.selection == 0 {
      return QueryWarning("no \(one) is selected: there is nothing to compare")
    }
    if counts.baseline == 0 {
      return QueryWarning("no \(one) is left for the baseline: there is nothing to compare with")
    }
    guard counts.selection < 5 else { return nil }
    return QueryWarning(
      "\(text(counts.selection)) selected: shares are exact, but so few can hardly be told from chance"
    )
  }
}

/// Both sides of a comparison with their filters and time ranges.
struct ComparePlan: Sendable {
  let selection: SideFilter
  let baseline: SideFilter
  let selectionText: String
  let baselineText: String
  /// As the person wrote them.
  let filters: [Filter]

  init(
    _ request: CompareRequest, _ snapshot: Snapshot,
    alike: (CompareRequest) async throws -> Filter?
  ) async throws {
    func scope(_ time: TimeClause?) -> TimeScope {
      TimeScope(time ?? request.defaultTime, now: request.now, snapshot)
    }
    let choice = request.selection
    let own = scope(choice.time)
    selection = SideFilter(filter: choice.filter, scope: own)
    selectionText = choice.text
    var filters = choice.filter.map { [$0] } ?? []
    switch request.baseline {
    case .others:
      baseline = SideFilter(filter: nil, scope: own)
      baselineText = Self.others(choice, request.unit)
    case .alike:
      let filter = try await alike(request)
      baseline = SideFilter(filter: filter, scope: own)
      baselineText =
        filter == nil
        ? Self.others(choice, request.unit) : SpanChoice(filter: filter, time: choice.time).text
    case .before:
      let length = own.range.upperBound - own.range.lowerBound
      guard !own.takesAll, length > 0, length <= own.range.lowerBound else {
        throw QueryError(
          "there is no time before all spans", hint: "give the selection a time, such as LAST 10m")
      }
      let start = own.range.lowerBound - length
      let time = TimeClause.range(
        from: .instant(UnixNanos(start)), to: .instant(UnixNanos(own.range.lowerBound)))
      baseline = SideFilter(filter: choice.filter, scope: scope(time))
      baselineText = SpanChoice(filter: choice.filter, time: time).text
    case .choice(let other):
      baseline = SideFilter(
        filter: other.filter, scope: other.time == nil ? own : scope(other.time))
      baselineText = other.text
      if let filter = other.filter { filters.append(filter) }
    }
    self.filters = filters
  }

  /// A filter for what is not selected.
  private static func others(_ choice: SpanChoice, _ unit: CompareRequest.Unit) -> String {
    guard let filter = choice.filter, unit == .spans else {
      return ["every other \(unit == .spans ? "span" : "trace")", choice.time?.text]
        .compactMap(\.self).joined(separator: " ")
    }
    return SpanChoice(filter: .not(filter), time: choice.time).text
  }
}

extension Snapshot {
  /// The views with traces that are in several parts put together, each in a segment of its own.
  var wholeTraces: [SegmentView] {
    guard !splits.isEmpty else { return views }
    var rest: [SegmentView] = []
    for view in views {
      guard !view.parts.isEmpty else {
        rest.append(view)
        continue
      }
      var live = view.live ?? Bitmap(repeating: true, count: view.segment.rowCount)
      for trace in view.parts {
        let trace = Int(trace)
        if splits.contains(view.segment.traces.id(trace)) {
          live.remove(view.segment.traces.rows(trace))
        }
      }
      rest.append(SegmentView(segment: view.segment, live: live))
    }
    return rest + splits.sorted().compactMap { whole($0).map { SegmentView(segment: $0.segment) } }
  }
}
