import QueryLanguage

/// What is wrong with each service, against its own past: its worst bucket beside its usual ones.
///
/// Errors count by how far the errors of a bucket are above the share that is usual for the service,
/// in standard deviations; slowness by how many times the bucket's P95 has doubled over the usual
/// one. A service whose errors are as many all the time stands above one without any.
struct ServiceTrouble {
  private var counts: [Int: [Double?]] = [:]
  private var slow: [Int: [Double?]] = [:]
  private var errors: [Int: [Double?]] = [:]

  /// Spans in a bucket below which its P95 is that of a single one.
  private static let fewest = 20.0
  /// Doublings beyond which it does not matter how many.
  private static let mostDoublings = 5.0
  /// Of a double P95, against a standard deviation of errors.
  private static let slowness = 3.0

  /// - Parameters:
  ///   - byService: COUNT, P50, P95, P99 by service.
  ///   - bad: COUNT of errors by service.
  init(_ byService: QueryResult, _ bad: QueryResult?) {
    var rows: [String: Int] = [:]
    for (index, row) in byService.rows.enumerated() { rows[HomeServices.text(row[0])] = index }
    for line in byService.series {
      if line.calculation == 0 { counts[line.row] = line.values }
      if line.calculation == 2 { slow[line.row] = line.values }
    }
    for line in bad?.series ?? [] where line.calculation == 0 {
      if let name = line.group.first, let row = rows[HomeServices.text(name)] {
        errors[row] = line.values
      }
    }
  }

  /// 0: nothing is unusual.
  ///
  /// - Complexity: O(n log n) in the buckets.
  func score(of row: Int) -> Double {
    guard let counts = counts[row] else { return 0 }
    return errorScore(counts, errors[row] ?? []) + slowScore(counts, slow[row] ?? [])
  }

  private func errorScore(_ counts: [Double?], _ errors: [Double?]) -> Double {
    let pairs = counts.enumerated().compactMap { index, count -> (spans: Double, errors: Double)? in
      guard let count, count > 0 else { return nil }
      return (count, index < errors.count ? errors[index] ?? 0 : 0)
    }
    let usual = Self.median(pairs.map { $0.errors / $0.spans })
    let worst =
      pairs.map { pair in
        let expected = pair.spans * usual
        return (pair.errors - expected) / (expected * (1 - usual) + 1).squareRoot()
      }.max() ?? 0
    let all = pairs.reduce(0) { $0 + $1.errors } / max(1, pairs.reduce(0) { $0 + $1.spans })
    return max(0, worst) + all * 10
  }

  private func slowScore(_ counts: [Double?], _ slow: [Double?]) -> Double {
    let values = slow.enumerated().compactMap { index, value -> Double? in
      guard let value, value > 0, index < counts.count, counts[index] ?? 0 >= Self.fewest else {
        return nil
      }
      return value
    }
    let usual = Self.median(values)
    guard usual > 0, let worst = values.max() else { return 0 }
    return Self.slowness * min(Self.mostDoublings, ValueAxis.log2(worst / usual))
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
