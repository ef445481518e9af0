package import QueryLanguage
package import Telemetry

/// The spans of a trace in groups, with the figures of each.
package struct TraceStatistics: Sendable {
  package enum Group: Hashable, Sendable {
    case service, name, serviceAndName
    case field(FieldRef)

    package var title: String {
      switch self {
      case .service: "service"
      case .name: "name"
      case .serviceAndName: "service and name"
      case .field(let field): field.name
      }
    }
  }

  package enum Column: Int, CaseIterable, Hashable, Sendable {
    case label, count, total, selfTime, p50, p95, longest, errors

    package var title: String {
      switch self {
      case .label: "group"
      case .count: "count"
      case .total: "total"
      case .selfTime: "self"
      case .p50: "P50"
      case .p95: "P95"
      case .longest: "max"
      case .errors: "errors"
      }
    }
  }

  package struct Row: Sendable {
    package var label: String
    /// Of its first span, for the colour.
    package var service: Int32
    package var count: Int { nodes.count }
    /// Sum of the durations: spans that run side by side count in full.
    package var total = Nanoseconds.zero
    /// Sum of the self times.
    package var selfTime = Nanoseconds.zero
    package var p50 = Nanoseconds.zero
    package var p95 = Nanoseconds.zero
    package var longest = Nanoseconds.zero
    package var errors = 0
    /// Ascending.
    package var nodes: [Int32] = []
  }

  package private(set) var group = Group.serviceAndName
  package private(set) var rows: [Row] = []
  package private(set) var order = Column.selfTime
  package private(set) var isReversed = false
  package internal(set) var cursor = ListCursor()

  package init() {}

  /// Counts anew; grouping, order and the selected group stay.
  ///
  /// - Complexity: O(*n* log *n*) in the spans.
  mutating func count(_ view: TraceView) {
    let label = rows.indices.contains(cursor.selected) ? rows[cursor.selected].label : nil
    let labels = Self.labels(group, view)
    var places: [String: Int] = [:]
    rows = []
    for (index, label) in labels.enumerated() {
      let place = places[label] ?? rows.count
      if place == rows.count {
        places[label] = place
        rows.append(Row(label: label, service: view.nodes[index].service))
      }
      rows[place].nodes.append(Int32(index))
    }
    for place in rows.indices { Self.measure(&rows[place], view) }
    sort(keeping: label)
  }

  private static func labels(_ group: Group, _ view: TraceView) -> [String] {
    switch group {
    case .service: return view.nodes.map { view.texts[Int($0.service)] }
    case .name: return view.nodes.map { view.texts[Int($0.name)] }
    case .serviceAndName:
      return view.nodes.map { "\(view.texts[Int($0.service)]) \(view.texts[Int($0.name)])" }
    case .field(let field):
      let reader = SpanField(field, view)
      return view.nodes.indices.map { index in
        reader.value(index).map { ValueMenu.text($0) } ?? "(none)"
      }
    }
  }

  private static func measure(_ row: inout Row, _ view: TraceView) {
    var durations: [Int64] = []
    durations.reserveCapacity(row.nodes.count)
    for index in row.nodes {
      let node = view.nodes[Int(index)]
      row.total += node.duration
      row.selfTime += node.selfTime
      durations.append(node.duration.count)
      if node.isError { row.errors += 1 }
    }
    durations.sort()
    row.p50 = Nanoseconds(Quantiles.of(durations, 0.5))
    row.p95 = Nanoseconds(Quantiles.of(durations, 0.95))
    row.longest = Nanoseconds(durations.last ?? 0)
  }

  mutating func regroup(_ group: Group, _ view: TraceView) {
    self.group = group
    rows = []
    cursor = ListCursor()
    count(view)
  }

  /// The next column to sort by.
  mutating func nextOrder() {
    let columns = Column.allCases
    order = columns[(order.rawValue + 1) % columns.count]
    isReversed = false
    sort(keeping: nil)
  }

  mutating func reverse() {
    isReversed.toggle()
    sort(keeping: nil)
  }

  private mutating func sort(keeping label: String?) {
    rows.sort { a, b in
      let isBefore = Self.key(order, a, b)
      return isBefore == 0 ? a.label < b.label : isReversed ? isBefore > 0 : isBefore < 0
    }
    let place = label.flatMap { label in rows.firstIndex { $0.label == label } } ?? 0
    cursor.select(place, count: rows.count, page: cursor.page)
  }

  /// Negative when `a` comes first: the largest first, labels in their order.
  private static func key(_ order: Column, _ a: Row, _ b: Row) -> Int {
    let figures: (Int64, Int64) =
      switch order {
      case .label: (0, 0)
      case .count: (Int64(a.count), Int64(b.count))
      case .total: (a.total.count, b.total.count)
      case .selfTime: (a.selfTime.count, b.selfTime.count)
      case .p50: (a.p50.count, b.p50.count)
      case .p95: (a.p95.count, b.p95.count)
      case .longest: (a.longest.count, b.longest.count)
      case .errors: (Int64(a.errors), Int64(b.errors))
      }
    if order == .label { return a.label < b.label ? -1 : a.label > b.label ? 1 : 0 }
    return figures.0 > figures.1 ? -1 : figures.0 < figures.1 ? 1 : 0
  }
}
