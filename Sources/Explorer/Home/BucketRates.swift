package import QueryLanguage
import Telemetry

extension QueryResult {
  /// Counts of a series as spans a second, each over the part of its bucket that lies in the range:
  /// the newest bucket, which time has not filled yet, is no drop in traffic.
  ///
  /// - Returns: nil where too little of a bucket lies in the range to say.
  package func rates(of counts: [Double?]) -> [Double?] {
    counts.enumerated().map { index, count in
      guard times.indices.contains(index) else { return nil }
      let (from, to) = span(ofBucket: index)
      let length = to.since(from)
      guard length > 0, length * 3 >= granularity.count else { return nil }
      return (count ?? 0) / (Double(length) / 1e9)
    }
  }
}
