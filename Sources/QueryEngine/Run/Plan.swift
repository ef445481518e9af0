import QueryLanguage
import SpanStore
import Telemetry

/// What a query needs of every segment, worked out once.
struct Plan: Sendable {
  let query: Query
  let scope: TimeScope
  /// Width of a bucket, nanoseconds.
  let granularity: UInt64
  /// The query's calculations, then those only HAVING and ORDER BY name.
  let calculations: [Calculation]
  /// What to compute in each segment: the key under which partial results are kept.
  let needs: SegmentNeeds
  /// Rows that get series and heatmaps.
  let seriesLimit: Int
  /// What a bucket of a row takes, in values of a series: the counts of a heatmap are small.
  private let bucketSize: Int

  init(_ query: Query, _ options: RunOptions, _ scope: TimeScope) {
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
    var all = query.calculations
    func add(_ calculation: Calculation) {
      if !all.contains(calculation) { all.append(calculation) }
    }
    query.having?.calculations.forEach(add)
    for ordering in query.orderBy {
      if case .calculation(let calculation) = ordering.key { add(calculation) }
    }
    calculations = all
    needs = SegmentNeeds(
      filter: query.filter, groupBy: query.groupBy, calculations: all, granularity: granularity,
      hasSeries: options.seriesLimit > 0)
  }

  /// What to compute in one segment; nil when no span of it can count.
  func needs(of view: SegmentView) -> SegmentNeeds? {
    let segment = view.segment
    guard segment.rowCount > 0 else { return nil }
    var needs = needs
    let range = scope.range
    if !scope.takesAll {
      guard segment.minStart < range.upperBound, segment.maxStart >= range.lowerBound else {
        return nil
      }
      // Left out where it decides nothing, so that a kept answer stays good as time moves on.
      let isInside = range.lowerBound <= segment.minStart && segment.maxStart < range.upperBound
      needs.starts = isInside ? nil : range
    }
    if needs.needsOverlaps {
      let isInside = range.lowerBound <= segment.minStart && segment.maxEnd <= range.upperBound
      needs.clip = isInside ? 0..<UInt64.max : range
    }
    return needs
  }

  /// - Throws: ``QueryError`` for more buckets than a graph can have.
  func check() throws(QueryError) {
    let count = Granularity.buckets(scope.range, granularity)
    guard count <= UInt64(QueryCheck.bucketLimit) else {
      throw QueryCheck.tooManyBuckets(count)
    }
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
  /// Where spans are clipped for CONCURRENCY; nil otherwise.
  var clip: Range<UInt64>?

  /// A field that calculations are taken over, and what they need of it.
  struct FieldNeed: Hashable, Sendable {
    var field: FieldRef
    /// Number, sum, smallest and largest.
    var needsSummary = false
    /// All the numbers.
    var needsValues = false
    /// The different values of any type.
    var needsDistinct = false
  }

  init(
    filter: Filter?, groupBy: [FieldRef], calculations: [Calculation], granularity: UInt64,
    hasSeries: Bool
  ) {
    self.filter = filter
    self.groupBy = groupBy
    var needsBuckets = hasSeries
    needsOverlaps = calculations.contains(.concurrency)
    for calculation in calculations {
      switch calculation {
      case .rateAverage, .rateSum, .rateMaximum: needsBuckets = true
      default: break
      }
      if let field = calculation.field { fields.add(field, calculation) }
    }
    self.granularity = needsBuckets ? granularity : 0
  }

  func place(of field: FieldRef) -> Int? { fields.firstIndex { $0.field == field } }
}

extension [SegmentNeeds.FieldNeed] {
  fileprivate mutating func add(_ field: FieldRef, _ calculation: Calculation) {
    let place: Int
    if let known = firstIndex(where: { $0.field == field }) {
      place = known
    } else {
      place = count
      append(SegmentNeeds.FieldNeed(field: field))
    }
    switch calculation {
    case .countDistinct: self[place].needsDistinct = true
    case .percentile: self[place].needsValues = true
    case .heatmap:
      self[place].needsValues = true
      self[place].needsSummary = true
    default: self[place].needsSummary = true
    }
  }
}

extension Having {
  /// Every calculation it names.
  var calculations: [Calculation] {
    switch self {
    case .compare(let calculation, _, _): [calculation]
    case .and(let terms), .or(let terms): terms.flatMap(\.calculations)
    case .not(let term): term.calculations
    }
  }
}
