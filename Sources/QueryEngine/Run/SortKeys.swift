import QueryLanguage
import SpanStore
import Telemetry

/// A field of the selected rows of one segment as integers in the order of ORDER BY, the first
/// row's the smallest; rows without the field come last.
struct SortKeys {
  private(set) var keys: [Int64]

  init(_ column: FieldColumn?, _ rows: SelectedRows, isDescending: Bool) {
    guard let column else {
      keys = [Int64](repeating: .max, count: rows.count)
      return
    }
    switch column.values {
    case .integers(let values, .time): keys = rows.gather(values).map(NumberKind.timeKey)
    case .integers(let values, _): keys = rows.gather(values)
    case .doubles(let values):
      keys = rows.gather(values).map { $0.isNaN ? .max - 1 : OrderedDouble.key($0) }
    case .bools(let values): keys = rows.map { values[$0] ? 1 : 0 }
    case .spanIDs(let values):
      keys = rows.gather(values).map { Int64(bitPattern: $0 ^ 1 << 63) }
    case .coded(let codes, let table):
      let ranks = Self.ranks(table)
      keys = rows.gather(codes).map { ranks[Int($0)] }
    }
    // The complement reverses the order of all integers.
    if isDescending { for index in keys.indices { keys[index] = ~keys[index] } }
    if let present = column.present {
      if keys.contains(.max) {
        let ranks = OrderKeys.ranks(keys)
        for index in keys.indices { keys[index] = ranks[keys[index]] ?? 0 }
      }
      rows.fill(&keys, with: .max, missingFrom: present)
    }
  }

  /// The position of each entry of a dictionary among all when sorted.
  private static func ranks(_ table: ValueTable) -> [Int64] {
    let values = (0..<table.count).map { code in table.withValue(code) { $0.result } }
    let order = values.indices.sorted { ResultOrder.order(values[$0], values[$1]) < 0 }
    var ranks = [Int64](repeating: 0, count: max(1, values.count))
    for (rank, code) in order.enumerated() { ranks[code] = Int64(rank) }
    return ranks
  }

  /// The positions of the first `limit` of `count` rows, in no order.
  ///
  /// - Parameter id: what breaks ties.
  /// - Complexity: O(rows), and a sort of those whose first key is small enough.
  static func first(
    _ limit: Int, _ count: Int, _ keys: [SortKeys], id: (Int) -> (TraceID, UInt64)
  ) throws -> [Int] {
    guard limit < count, let first = keys.first?.keys else { return Array(0..<count) }
    var selection = RankSelection()
    let most = first.withUnsafeBufferPointer { selection.values(at: [limit - 1], in: [$0]) }[0]
    let candidates = first.indices.filter { first[$0] <= most }
    guard candidates.count > limit else { return candidates }
    var compared = 0
    let sorted = try candidates.sorted { a, b in
      compared += 1
      try Cancellation.check(at: compared)
      for key in keys where key.keys[a] != key.keys[b] { return key.keys[a] < key.keys[b] }
      let (x, y) = (id(a), id(b))
      return x.0 != y.0 ? x.0 < y.0 : x.1 < y.1
    }
    return Array(sorted.prefix(limit))
  }
}
