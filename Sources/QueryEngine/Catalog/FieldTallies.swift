import Telemetry
import QueryLanguage

/// The tallies of one field in all segments, added up.
enum FieldTallies {
  private static let topCount = 50

  /// Nil when no span has the field.
  ///
  /// - Parameter isTraceWhole: no trace is in several segments.
  static func summary(
    _ field: FieldRef, _ tallies: [FieldTally], isTraceWhole: Bool = true
  ) async throws -> FieldSummary? {
    let types = Set(tallies.map(\.type))
    guard let first = types.first else { return nil }
    var summary = FieldSummary(
      name: field.name, scope: field.scope, type: types.count > 1 ? .mixed : first,
      spans: tallies.reduce(0) { $0 + $1.spans })
    if field.builtin == .traceID, isTraceWhole {
      addTraces(tallies, to: &summary)
    } else if let (numbers, shape) = numbers(tallies) {
      addNumbers(numbers, shape, to: &summary)
    } else {
      try await addValues(tallies, to: &summary)
    }
    return summary
  }

  /// All numbers, when every segment has numbers of the same kind.
  private static func numbers(
    _ tallies: [FieldTally]
  ) -> (numbers: [[Int64]], shape: FieldTally.NumberShape)? {
    var all: [[Int64]] = []
    var shapes: Set<FieldTally.NumberShape> = []
    for tally in tallies {
      guard case .numbers(let numbers, let shape) = tally.content else { return nil }
      all.append(numbers)
      shapes.insert(shape)
    }
    guard shapes.count == 1, let shape = shapes.first else { return nil }
    return (all, shape)
  }

  private static func addNumbers(
    _ numbers: [[Int64]], _ shape: FieldTally.NumberShape, to summary: inout FieldSummary
  ) {
    var best: [(value: ResultValue, count: Int)] = []
    for run in NumberRuns(RadixSort.sorted(numbers.flatMap(\.self))) {
      summary.distinct += 1
      if best.count == topCount, run.count < best[topCount - 1].count { continue }
      insert((shape.scalar(run.value).result, run.count), into: &best)
    }
    summary.top = best
  }

  /// When a trace is in one segment only, nothing has to be matched.
  private static func addTraces(_ tallies: [FieldTally], to summary: inout FieldSummary) {
    var best: [(value: ResultValue, count: Int)] = []
    for tally in tallies {
      let (list, counts) = tally.listed()
      summary.distinct += list.count - 1
      for index in 1..<max(1, list.count) {
        let count = Int(counts[index])
        if best.count == topCount, count < best[topCount - 1].count { continue }
        insert((list.result(index), count), into: &best)
      }
    }
    summary.top = best
  }

  private static func addValues(
    _ tallies: [FieldTally], to summary: inout FieldSummary
  ) async throws {
    let lists = tallies.map { $0.listed() }
    var interner = ValueInterner()
    let numbers = try await interner.numbers(ofAll: lists.map(\.values))
    var counts = [Int](repeating: 0, count: interner.limit)
    for (list, numbers) in zip(lists, numbers) {
      for (index, number) in numbers.enumerated() { counts[Int(number)] += Int(list.counts[index]) }
    }
    let found = counts.indices.filter { counts[$0] > 0 }
    summary.distinct = found.count
    summary.top = found.first(topCount) { a, b in
      counts[a] != counts[b]
        ? counts[a] > counts[b] : interner.order(UInt32(a), UInt32(b)) < 0
    }.map { number in
      let (values, index) = interner.location(UInt32(number))
      return (value: values.result(index), count: counts[number])
    }
  }

  /// Commonest first, equally common ones in their own order.
  private static func insert(
    _ term: (value: ResultValue, count: Int), into best: inout [(value: ResultValue, count: Int)]
  ) {
    func comesBefore(_ other: (value: ResultValue, count: Int)) -> Bool {
      term.count != other.count
        ? term.count > other.count : ResultOrder.order(term.value, other.value) < 0
    }
    if best.count == topCount, let last = best.last, !comesBefore(last) { return }
    let index = best.firstIndex(where: comesBefore) ?? best.count
    best.insert(term, at: index)
    if best.count > topCount { best.removeLast() }
  }
}
