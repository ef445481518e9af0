package import QueryLanguage
package import Telemetry

/// The spans of a trace in groups, with the figures of each.
package struct TraceStatistics: Sendable {
  /// What spans are put together by.
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

  /// What is told of a group, and can sort it.
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

  /// A group of spans.
  package struct Row: Sendable {
    /// What its spans have in common, which also names the row; `(none)` for spans without the
    /// field.
    package var label: String
    /// Of its first span, for the colour.
    package var service: Int32
    package var count: Int { nodes.count }
    /// Sum of the durations: spans that run side by side count in full.
    package var total = Nanoseconds.zero
    /// Sum of the self times.
    package var selfTime = Nanoseconds.zero
    /// Of the durations, between two of them in proportion as in the query language.
    package var p50 = Nanoseconds.zero
    package var p95 = Nanoseconds.zero
    /// The longest duration.
    package var longest = Nanoseconds.zero
    /// Spans of it that failed.
    package var errors = 0
    /// Ascending.
    package var nodes: [Int32] = []
  }

  package private(set) var group = Group.serviceAndName
  package private(set) var list = ListModel<Row>()
  /// What sorts the rows: the largest first, labels from A, unless ``isReversed``.
  package private(set) var order = Column.selfTime
  /// The smallest first, labels from Z.
  package private(set) var isReversed = false

  package init() {}

  /// Counts anew; grouping, order and the selected group stay.
  ///
  /// - Complexity: O(*n* log *n*) in the spans.
  mutating func count(_ view: TraceView) {
    let labels = Self.labels(group, view)
    var indices: [String: Int] = [:]
    var rows: [Row] = []
    for (node, label) in labels.enumerated() {
      let index = indices[label] ?? rows.count
      if index == rows.count {
        indices[label] = index
        rows.append(Row(label: label, service: view.nodes[node].service))
      }
      rows[index].nodes.append(Int32(node))
    }
    for index in rows.indices { Self.measure(&rows[index], view) }
    rows.sort(by: areInOrder)
    list.receive(rows, by: \.label, anchor: .row, page: list.cursor.page)
  }

  mutating func move(_ motion: Motion, page: Int) { list.move(motion, page: page) }

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
    list = ListModel()
    count(view)
  }

  /// The next column to sort by.
  mutating func nextOrder() {
    let columns = Column.allCases
    order = columns[(order.rawValue + 1) % columns.count]
    isReversed = false
    sort()
  }

  /// By a column, or the other way where that is the order already.
  mutating func sort(by column: Column) {
    isReversed = order == column ? !isReversed : false
    order = column
    sort()
  }

  mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    list.point(pointer, first: first, page: page)
  }

  mutating func reverse() {
    isReversed.toggle()
    sort()
  }

  private mutating func sort() {
    list.sort(by: areInOrder)
    list.toFirst()
  }

  private func areInOrder(_ a: Row, _ b: Row) -> Bool {
    let isBefore = Self.key(order, a, b)
    return isBefore == 0 ? a.label < b.label : isReversed ? isBefore > 0 : isBefore < 0
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
