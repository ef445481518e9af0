package import Telemetry

extension QueryResult {
  /// Reads the table, figures and warnings that ``json(adding:)`` wrote; graphs and heatmaps stay
  /// behind.
  ///
  /// - Parameter query: what was asked.
  /// - Returns: nil for anything else.
  package init?(reading json: AttributeValue, of query: Query) {
    guard case .array(let columns)? = json["columns"], case .array(let rows)? = json["rows"] else {
      return nil
    }
    self.init(query: query)
    for (index, column) in columns.enumerated() {
      guard case .text(let name)? = column["name"], case .text(let word)? = column["type"],
        let type = FieldType(rawValue: word), let source = Self.source(index, name, query)
      else { return nil }
      self.columns.append(ResultColumn(name: name, type: type, source: source))
    }
    for row in rows {
      guard let cells = cells(row) else { return nil }
      self.rows.append(cells)
    }
    // Of raw rows it is written as nothing but nulls.
    if !query.isRaw { total = json["total"].flatMap { cells($0) } ?? [] }
    other = json["other"].flatMap { cells($0) }
    spansExamined = json["spans_examined"]?.count ?? 0
    spansMatched = json["spans_matched"]?.count ?? 0
    groups = json["groups"]?.count ?? 0
    if case .array(let texts)? = json["warnings"] {
      for case .text(let text) in texts { warnings.append(QueryWarning(text)) }
    }
  }

  /// Columns are the fields of GROUP BY and then the calculations; of raw rows they are fields.
  private static func source(
    _ index: Int, _ name: String, _ query: Query
  ) -> ResultColumn.Source? {
    if query.isRaw { return (try? QueryText.parseField(name)).map { .field($0) } }
    if index < query.groupBy.count { return .field(query.groupBy[index]) }
    let place = index - query.groupBy.count
    return place < query.calculations.count ? .calculation(query.calculations[place]) : nil
  }

  /// Nil unless it has one value for each column.
  private func cells(_ value: AttributeValue) -> [ResultValue]? {
    guard case .array(let values) = value, values.count == columns.count else { return nil }
    return zip(values, columns).map { ResultValue(reading: $0, of: $1.type) }
  }
}

extension ResultValue {
  /// A cell as ``JSONWriter/value(_:)`` wrote it.
  package init(reading value: AttributeValue, of type: FieldType) {
    if case .text(let text) = value {
      if type == .time, let time = UInt64(text) {
        self = .time(time)
        return
      }
      if type == .double {
        switch text {
        case "NaN": self = .double(.nan)
        case "Infinity": self = .double(.infinity)
        case "-Infinity": self = .double(-.infinity)
        default: self = .text(text)
        }
        return
      }
    }
    self = ResultValue(value) ?? .missing
  }
}

extension AttributeValue {
  /// A member of a map.
  package subscript(_ key: String) -> AttributeValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.last { $0.key == key }?.value
  }

  fileprivate var count: Int? {
    if case .integer(let number) = self { return Int(number) }
    return nil
  }
}
