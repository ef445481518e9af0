import QueryLanguage
import SpanStore
import Telemetry

/// What a query needs of every segment, worked out once.
struct Plan: Sendable {
  let query: Query
  let scope: TimeScope
  /// Width of a bucket, nanoseconds.
  let granularity: UInt64
  /// The query's calculations without names.
  let calculations: [Calculation]
  /// What to compute in each segment: the key under which partial results are kept.
  let needs: SegmentNeeds
  /// Whether a calculation compares a group with all groups.
  let needsShares: Bool
  /// Rows that get series and heatmaps.
  let seriesLimit: Int
  /// What a bucket of a row takes, in values of a series: the counts of a heatmap are small.
  private let bucketSize: Int

  /// - Parameter booleans: fields that hold nothing but true and false.
  /// - Throws: ``QueryError`` for a calculation the engine does not know, and for more buckets than
  ///   a graph can have.
  init(
    _ query: Query, _ options: RunOptions, _ scope: TimeScope, booleans: Set<FieldRef> = []
  ) throws(QueryError) {
    self.query = query
    self.scope = scope
    seriesLimit = max(0, options.seriesLimit)
    let hasHeatmap = query.calculations.contains { $0.isHeatmap }
    bucketSize = hasHeatmap ? max(1, options.heatmapRows / 8) : 1
    if let every = query.every, every.count > 0 {
      granularity = UInt64(every.count)
    } else {
      granularity = Granularity.chosen(for: scope.range, columns: options.graphColumns)
    }
    calculations = query.calculations.map { query.resolved($0) ?? $0 }
    let ordered = query.orderBy.compactMap { ordering -> Calculation? in
      if case .calculation(let calculation) = query.key(of: ordering) { calculation } else { nil }
    }
    let others = ((query.having?.calculations ?? []) + ordered).map { query.resolved($0) ?? $0 }
    let all = Composition(calculations + others).plain
    try CalculationRule.check(all)
    needsShares = all.contains { $0.kind == .impact }
    needs = SegmentNeeds(
      filter: query.filter, groupBy: query.groupBy, calculations: all, granularity: granularity,
      hasSeries: options.seriesLimit > 0, booleans: booleans)
    let count = Granularity.buckets(scope.range, granularity)
    guard count <= UInt64(QueryCheck.bucketLimit) else {
      throw QueryCheck.tooManyBuckets(count)
    }
  }

  /// What to compute in one segment: of the spans that begin in the range, and of those in flight
  /// in it; nothing when no span of it can count.
  func needs(of view: SegmentView) -> [SegmentNeeds] {
    guard view.segment.rowCount > 0 else { return [] }
    return [ownNeeds(view.segment), flightNeeds(view.segment)].compactMap(\.self)
  }

  private func ownNeeds(_ segment: Segment) -> SegmentNeeds? {
    var needs = needs
    needs.needsOverlaps = false
    let range = scope.range
    if !scope.takesAll {
      guard segment.minStart < range.upperBound, segment.maxStart >= range.lowerBound else {
        return nil
      }
      // Left out where it decides nothing, so that a kept answer stays good as time moves on.
      let isInside = range.lowerBound <= segment.minStart && segment.maxStart < range.upperBound
      needs.starts = isInside ? nil : range
    }
    return needs
  }

  /// Time in flight does not follow where spans begin: groups, and nothing else of what is needed.
  private func flightNeeds(_ segment: Segment) -> SegmentNeeds? {
    let range = scope.range
    guard needs.needsOverlaps, segment.minStart < range.upperBound,
      segment.maxEnd > range.lowerBound
    else { return nil }
    var needs = needs
    needs.fields = []
    let isInside = range.lowerBound <= segment.minStart && segment.maxEnd <= range.upperBound
    needs.flight = isInside ? 0..<UInt64.max : range
    needs.starts = isInside || scope.takesAll ? nil : range
    return needs
  }

  /// Rows that get graphs of their own, so that all graphs together keep to their limit.
  func graphRows(of rows: Int) -> Int {
    min(rows, seriesLimit, max(1, QueryCheck.seriesLimit / (max(1, bucketCount) * bucketSize)))
  }

  /// Buckets that the graphs have.
  var bucketCount: Int {
    Int(clamping: Granularity.buckets(scope.range, granularity))
  }

  /// The number of the first bucket, counted from 1970.
  var firstBucket: UInt64 { granularity == 0 ? 0 : scope.range.lowerBound / granularity }
}

/// What has to be computed in a segment; equal needs of the same segment have equal answers.
struct SegmentNeeds: Hashable, Sendable {
  var filter: Filter?
  var groupBy: [FieldRef]
  var fields: [FieldNeed] = []
  var needsOverlaps: Bool
  /// Width of a bucket, nanoseconds; 0: not by bucket.
  var granularity: UInt64
  /// Starts outside are left out; nil where the whole segment lies inside.
  var starts: Range<UInt64>?
  /// Of the spans in flight here, the time in it; nil: of the spans that begin in `starts`.
  var flight: Range<UInt64>?
  /// Filter and fields as text: what differs in it only by how letters are composed is not the same.
  private let spelling: [UInt8]

  /// What calculations are taken over, and what they need of it.
  struct FieldNeed: Hashable, Sendable {
    var source: CalculationSource
    /// Number, sum, smallest and largest.
    var needsSummary = false
    /// All the numbers.
    var needsValues = false
    /// The different values of any type.
    var needsDistinct = false
    /// How often each of them is there.
    var needsTallies = false
    /// Spans whose value is shown.
    var picks: Set<PickPart.Order> = []
    /// True and false are numbers.
    var takesBooleans = false
  }

  init(
    filter: Filter?, groupBy: [FieldRef], calculations: [Calculation], granularity: UInt64,
    hasSeries: Bool, booleans: Set<FieldRef>
  ) {
    self.filter = filter
    self.groupBy = groupBy
    var fields: [FieldNeed] = []
    var all: CalculationRule.Needs = hasSeries ? .buckets : []
    for calculation in calculations {
      let needs = CalculationRule.rule(of: calculation.kind)?.needs ?? []
      all.formUnion(needs)
      if let source = calculation.source {
        let isBoolean = source.field.map {
          booleans.contains($0) || $0.builtin?.type == .bool || $0.computed?.isBoolean == true
        }
        fields.add(source, needs, isBoolean: isBoolean ?? false)
      }
    }
    self.fields = fields
    let terms =
      [filter?.text ?? ""] + groupBy.map(\.text)
      + fields.flatMap { [$0.source.field?.text ?? "", $0.source.filter?.text ?? ""] }
    spelling = terms.flatMap { Array($0.utf8) + [0] }
    needsOverlaps = all.contains(.overlaps)
    self.granularity = all.contains(.buckets) ? granularity : 0
  }

  /// Which of ``fields`` a calculation is taken over; nil for what needs none.
  func index(of calculation: Calculation) -> Int? {
    calculation.source.flatMap { source in fields.firstIndex { $0.source == source } }
  }
}

extension [SegmentNeeds.FieldNeed] {
  fileprivate mutating func add(
    _ source: CalculationSource, _ needs: CalculationRule.Needs, isBoolean: Bool
  ) {
    let index: Int
    if let known = firstIndex(where: { $0.source == source }) {
      index = known
    } else {
      index = count
      append(SegmentNeeds.FieldNeed(source: source))
    }
    // Spans that only count are the numbers of a column of zeros.
    if source.field == nil { self[index].needsSummary = true }
    if needs.contains(.summary) { self[index].needsSummary = true }
    if needs.contains(.values) { self[index].needsValues = true }
    if needs.contains(.distinct) { self[index].needsDistinct = true }
    if needs.contains(.tallies) { self[index].needsTallies = true }
    if needs.contains(.earliest) { self[index].picks.insert(.earliest) }
    if needs.contains(.latest) { self[index].picks.insert(.latest) }
    if needs.contains(.longest) { self[index].picks.insert(.longest) }
    if needs.contains(.booleans), isBoolean { self[index].takesBooleans = true }
  }
}
