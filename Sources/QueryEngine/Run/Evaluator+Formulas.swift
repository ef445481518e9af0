import QueryLanguage
import Telemetry

extension Evaluator {
  /// Calculations over groups given by their cells, for the whole range.
  func whole(
    _ composition: Composition, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [ResultValue] {
    composition.values(plainWhole(composition.plain, ranges, &scratch), seconds: seconds(of: nil))
  }

  /// The same bucket by bucket.
  func series(
    _ composition: Composition, _ ranges: some Collection<CellRange>, _ scratch: inout Scratch
  ) -> [Line] {
    let plain = plainSeries(composition.plain, ranges, &scratch)
    if composition.isPlain { return plain }
    var lines: [Line] = []
    for bucket in 0..<plan.bucketCount {
      let values = composition.values(
        plain.map { $0.value(bucket) }, seconds: seconds(of: bucket))
      if lines.isEmpty {
        lines = values.map { _ in Line(values: [Double?](repeating: nil, count: plan.bucketCount)) }
      }
      for (index, value) in values.enumerated() {
        if case .time(let instant) = value {
          if lines[index].instants.isEmpty {
            lines[index].instants = [UnixNanos?](repeating: nil, count: plan.bucketCount)
          }
          lines[index].instants[bucket] = UnixNanos(instant)
        }
        lines[index].values[bucket] = value.number
      }
    }
    return lines
  }

  /// The time asked about, or what a bucket has of it.
  func seconds(of bucket: Int?) -> Double {
    let range = plan.scope.range
    guard let bucket else { return Double(range.upperBound - range.lowerBound) / 1e9 }
    let start = (Int128(plan.firstBucket) + Int128(bucket)) * Int128(plan.granularity)
    let end = min(start + Int128(plan.granularity), Int128(range.upperBound))
    return Double(end - max(start, Int128(range.lowerBound))) / 1e9
  }

  /// A figure of some cells over that of all groups: of a bucket, or of the whole range.
  func portion(
    _ figure: CalculationRule.Figure, of ranges: some Sequence<CellRange>, in bucket: Int?,
    field: Int
  ) -> ResultValue {
    let totals = fields[field]
    let own = figure(totals, totals.summary(ranges)).number
    let all: FieldTotals.Summary
    if let bucket {
      all = totals.summary(everything?.cells(of: bucket) ?? [])
    } else {
      all = totals.whole
    }
    guard let own, let whole = figure(totals, all).number, whole != 0 else { return .missing }
    return .double(own / whole)
  }
}

extension Evaluator.Line {
  /// What a bucket has.
  fileprivate func value(_ bucket: Int) -> ResultValue {
    if !instants.isEmpty, let instant = instants[bucket] { return .time(instant.sinceEpoch) }
    return values[bucket].map { .double($0) } ?? .missing
  }
}
