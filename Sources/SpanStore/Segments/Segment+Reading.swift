import Telemetry

extension Segment {
  /// Where an attribute is looked for.
  package enum Place: Hashable, Sendable { case span, resource, scope }

  /// Names of the attributes found in a place, each once.
  package func attributeNames(_ place: Place) -> [String] {
    switch place {
    case .span: return attributes.map(\.name)
    case .resource: return names(side.batch.resources.map(\.attributes))
    case .scope: return names(side.batch.scopes.map(\.attributes))
    }
  }

  private func names(_ ranges: [RecordRange]) -> [String] {
    var keys: [Int] = []
    for range in ranges {
      for record in side.batch.attributes[range.indices] where !keys.contains(record.key) {
        keys.append(record.key)
      }
    }
    return keys.map { side.batch.keyText($0) }
  }

  /// An attribute as a dense column; nil when no row has it.
  ///
  /// - Complexity: O(1) for most span attributes, O(rows) for those of resources and scopes.
  package func column(_ place: Place, _ name: String) -> Column? {
    switch place {
    case .span: return attributeIndex[name].map { attributes[$0].column.dense }
    case .resource:
      return shared(name, resourceCode, side.batch.resources.map(\.attributes))
    case .scope: return shared(name, scopeCode, side.batch.scopes.map(\.attributes))
    }
  }

  /// An attribute wherever it is: span before resource before scope, row by row.
  package func column(_ name: String) -> Column? {
    var found: Column?
    for place in [Place.span, .resource, .scope] {
      guard let column = column(place, name) else { continue }
      guard let first = found else {
        found = column
        continue
      }
      guard first.present != nil else { return first }
      found = Self.merge(first, column, rowCount)
    }
    return found
  }

  package var statusMessageColumn: Column? { statusMessage?.dense }
  package var traceStateColumn: Column? { traceState?.dense }

  /// Name or version of the scope of every row.
  package func scopeColumn(version: Bool) -> Column {
    let texts = side.batch.scopes.map { side.batch.text(version ? $0.version : $0.name) }
    return Column(present: nil, values: .text(scopeCode, TextDictionary(texts)))
  }

  /// The service of every row, `unknown_service` where the resource names none.
  package var serviceColumn: Column {
    Self.distinct(services, codes: resourceCode)
  }

  /// A text for each code of a shared table, with equal texts made one.
  private static func distinct(_ texts: [String], codes: PackedInts) -> Column {
    var place: [String: Int64] = [:]
    var dictionary = TextDictionary()
    let map = texts.map { text -> Int64 in
      if let known = place[text] { return known }
      let code = Int64(dictionary.count)
      place[text] = code
      dictionary.append(text)
      return code
    }
    if dictionary.count == texts.count {
      return Column(present: nil, values: .text(codes, dictionary))
    }
    return Column(
      present: nil, values: .text(PackedInts(codes.decoded().map { map[Int($0)] }), dictionary))
  }

  /// A column of an attribute that rows share through a table.
  private func shared(
    _ name: String, _ codes: PackedInts, _ ranges: [RecordRange]
  ) -> Column? {
    let keys = 0..<side.batch.keys.count
    guard let key = keys.first(where: { side.batch.keyText($0) == name }) else { return nil }
    let records = ranges.map { range -> AttributeRecord? in
      side.batch.attributes[range.indices].first { $0.key == key }
    }
    guard records.contains(where: { $0 != nil }) else { return nil }
    var builder = ColumnBuilder(records.compactMap { $0?.type }.first ?? .text)
    side.batch.arena.withUnsafeBufferPointer { arena in
      for (code, record) in records.enumerated() {
        if let record { builder.append(UInt32(code), record, arena) }
      }
    }
    let table = builder.finish(count: records.count).dense
    let rows = codes.decodedCodes()
    return Column(present: table.present.map { Self.gather($0, rows) }, values: table.gather(rows))
  }

  private static func gather(_ bitmap: Bitmap, _ rows: [UInt32]) -> Bitmap {
    var result = Bitmap(repeating: false, count: rows.count)
    for (row, code) in rows.enumerated() where bitmap[Int(code)] { result.insert(row) }
    return result
  }

  /// Values of `first` where it has some, of `second` elsewhere.
  private static func merge(_ first: Column, _ second: Column, _ count: Int) -> Column {
    var present = Bitmap(repeating: false, count: count)
    var builder = MixedBuilder()
    var codes = [Int64](repeating: 0, count: count)
    for row in 0..<count {
      guard let value = first.value(row) ?? second.value(row) else { continue }
      present.insert(row)
      builder.append(value)
      codes[row] = Int64(builder.codes.base[builder.codes.count - 1])
    }
    return Column(present: present, values: .mixed(PackedInts(codes), builder.dictionary))
  }
}

extension Column {
  /// The values of the rows named, in that order.
  func gather(_ rows: [UInt32]) -> Values {
    let pick = { (values: PackedInts) in PackedInts(rows.map { values[Int($0)] }) }
    switch values {
    case .integer(let values): return .integer(pick(values))
    case .text(let codes, let texts): return .text(pick(codes), texts)
    case .mixed(let codes, let texts): return .mixed(pick(codes), texts)
    case .double(let values): return .double(rows.map { values[Int($0)] })
    case .bool(let values):
      var result = Bitmap(repeating: false, count: rows.count)
      for (row, code) in rows.enumerated() where values[Int(code)] { result.insert(row) }
      return .bool(result)
    }
  }
}
