import QueryLanguage

/// Which colour and mark belongs to which group, for as long as the program runs: sorting moves
/// rows, and not their colours.
///
/// Services have the numbers that they have on every screen.
struct SeriesNumbers: Sendable {
  private struct Group: Hashable {
    var fields: [FieldRef]
    var values: [ResultValue]
  }

  private var known: [Group: Int] = [:]

  /// Colours told apart; further groups share them.
  private static let colors = 10

  init() {}

  /// The number of each row of a result; groups never seen get one that no row above has.
  ///
  /// - Complexity: O(rows).
  mutating func numbers(_ result: QueryResult, _ services: ServiceColors) -> [Int] {
    let fields = result.query.groupBy
    guard !fields.isEmpty else { return result.rows.indices.map(\.self) }
    if fields == [.serviceName] {
      return result.rows.map { services[ValueMenu.text($0[0])] }
    }
    let groups = result.rows.map { Group(fields: fields, values: Array($0.prefix(fields.count))) }
    var taken = Set(groups.prefix(Self.colors).compactMap { known[$0].map { $0 % Self.colors } })
    for (index, group) in groups.enumerated() where known[group] == nil {
      let free = index < Self.colors ? (0..<Self.colors).first { !taken.contains($0) } : nil
      let number = free ?? index % Self.colors
      known[group] = number
      taken.insert(number)
    }
    return groups.map { known[$0] ?? 0 }
  }
}
