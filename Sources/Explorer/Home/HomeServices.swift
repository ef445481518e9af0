import QueryLanguage
import Telemetry

/// The table of services, made of three results, and the one that a person is on.
package struct HomeServices: Sendable {
  /// A service in the time range.
  package struct Row: Hashable, Sendable {
    package var name: String
    /// Spans in the range.
    package var count: Int
    /// Spans a second over the range.
    package var rate: Double
    /// Of its spans, 0 … 1.
    package var errorShare: Double
    /// Durations in milliseconds; nil without any.
    package var p50: Double?
    package var p95: Double?
    package var p99: Double?
    /// The operation with the highest P99, and that P99 in milliseconds.
    package var slowest: String
    /// Of that operation, in milliseconds.
    package var slowestP99: Double?
    /// Spans a second in each bucket of the range.
    package var trend: [Double]
    /// How far errors and durations are above what is usual for the service: see ``ServiceTrouble``.
    package var trouble: Double
  }

  /// What the table can be sorted by, in the order of `s`.
  package enum Column: Int, CaseIterable, Sendable {
    case trouble, rate, errors, p50, p95, p99, name
  }

  package private(set) var list = ListModel<Row>()
  /// The column that sorts: names from A, the rest from the largest.
  package private(set) var order = Column.trouble
  /// The person went to a service, and did not merely find the cursor on one.
  package internal(set) var isChosen = false
  private var operations: [String: (name: String, p99: Double)] = [:]

  package init() {}

  package var rows: [Row] { list.rows }
  /// The service under the cursor; nil without rows.
  package var selected: String? { list.current?.name }

  mutating func move(_ motion: Motion, page: Int) {
    list.move(motion, page: page)
    isChosen = true
  }

  mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    if pointer.isClick { isChosen = true }
    return list.point(pointer, first: first, page: page)
  }

  mutating func sort(by column: Column) {
    order = column
    sort()
  }

  mutating func sortNext() {
    order = Column(rawValue: (order.rawValue + 1) % Column.allCases.count) ?? .trouble
    sort()
  }

  /// Joins the results; each may be missing, or older than the others.
  ///
  /// The person stays on their service.
  ///
  /// - Parameter page: rows shown of a table of so many.
  mutating func join(
    _ byService: QueryResult?, _ errors: QueryResult?, page: (Int) -> Int
  ) {
    let old = selected
    guard let byService else { return list = ListModel() }
    var errorCounts: [String: Double] = [:]
    for row in errors?.rows ?? [] where row.count > 1 {
      errorCounts[Self.text(row[0])] = row[1].number
    }
    let trouble = ServiceTrouble(byService, errors)
    let seconds = max(1e-9, Double(byService.end.since(byService.start)) / 1e9)
    let trends = Dictionary(
      byService.series.filter { $0.calculation == 0 }.map { ($0.row, $0.values) },
      uniquingKeysWith: { a, _ in a })
    let rows = byService.rows.enumerated().compactMap { position, row -> Row? in
      guard row.count >= 5 else { return nil }
      let name = Self.text(row[0])
      let count = row[1].number ?? 0
      return Row(
        name: name, count: Int(count), rate: count / seconds,
        errorShare: count > 0 ? (errorCounts[name] ?? 0) / count : 0, p50: row[2].number,
        p95: row[3].number, p99: row[4].number, slowest: operations[name]?.name ?? "",
        slowestP99: operations[name]?.p99,
        trend: byService.rates(of: trends[position] ?? []).compactMap(\.self),
        trouble: trouble.score(of: position))
    }
    let sorted = rows.sorted(by: areInOrder)
    let index = sorted.firstIndex { $0.name == old }
    list.replace(sorted, selecting: index, page: page(sorted.count))
  }

  /// Takes COUNT and P99 by service and operation.
  mutating func learn(operations result: QueryResult) {
    operations = [:]
    for row in result.rows where row.count >= 4 {
      let (service, p99) = (Self.text(row[0]), row[3].number ?? 0)
      if p99 > operations[service]?.p99 ?? -1 { operations[service] = (Self.text(row[1]), p99) }
    }
    list.update { row in
      row.slowest = operations[row.name]?.name ?? ""
      row.slowestP99 = operations[row.name]?.p99
    }
  }

  private mutating func sort() { list.sort(by: areInOrder) }

  private func areInOrder(_ a: Row, _ b: Row) -> Bool {
    switch order {
    case .trouble: (a.trouble, a.rate, b.name) > (b.trouble, b.rate, a.name)
    case .rate: a.rate == b.rate ? a.name < b.name : a.rate > b.rate
    case .errors: a.errorShare == b.errorShare ? a.name < b.name : a.errorShare > b.errorShare
    case .p50: (a.p50 ?? 0, b.name) > (b.p50 ?? 0, a.name)
    case .p95: (a.p95 ?? 0, b.name) > (b.p95 ?? 0, a.name)
    case .p99: (a.p99 ?? 0, b.name) > (b.p99 ?? 0, a.name)
    case .name: a.name < b.name
    }
  }

  static func text(_ value: ResultValue) -> String {
    if case .text(let text) = value { text } else { "" }
  }
}
