import Telemetry

extension Segment {
  /// Where an attribute is looked for.
  package enum AttributeScope: Hashable, Sendable { case span, resource, scope }

  /// Names of the attributes found in a scope, each once; without those of ``overflow``.
  ///
  /// - Complexity: O(attributes of the scope), not of the rows.
  package func attributeNames(_ scope: AttributeScope) -> [String] {
    switch scope {
    case .span: return attributes.map(\.name)
    case .resource: return names(side.batch.resources.map(\.attributes))
    case .scope: return names(side.batch.scopes.map(\.attributes))
    }
  }

  private func names(_ ranges: [RecordRange]) -> [String] {
    var isSeen = [Bool](repeating: false, count: side.batch.keys.count)
    var names: [String] = []
    for range in ranges {
      for index in range.indices where !isSeen[side.batch.attributes[index].key] {
        isSeen[side.batch.attributes[index].key] = true
        names.append(side.batch.keyText(side.batch.attributes[index].key))
      }
    }
    return names
  }

  /// An attribute as a dense column; nil when no row has it.
  ///
  /// - Complexity: O(1) for most span attributes, O(rows) for those of resources and scopes and for
  ///   those that overflowed.
  package func column(_ scope: AttributeScope, _ name: String) -> Column? {
    switch scope {
    case .span:
      return attributeIndex[name].map { attributes[$0].column.dense } ?? overflowColumn(name)?.dense
    case .resource:
      return shared(name, resourceCode, side.batch.resources.map(\.attributes))
    case .scope: return shared(name, scopeCode, side.batch.scopes.map(\.attributes))
    }
  }

  /// The values that an attribute has in some row, in no order and as often as it pleases: enough to
  /// tell that none of them is wanted. Nil when no row has the attribute.
  ///
  /// - Complexity: O(1), or O(resources or scopes).
  package func values(_ scope: AttributeScope, _ name: String) -> Column.Values? {
    switch scope {
    case .span:
      attributeIndex[name].map { attributes[$0].column.values } ?? overflowColumn(name)?.values
    case .resource: table(name, side.batch.resources.map(\.attributes))?.values
    case .scope: table(name, side.batch.scopes.map(\.attributes))?.values
    }
  }

  /// An attribute wherever it is: span before resource before scope, row by row.
  ///
  /// - Complexity: O(rows), or O(1) when every span has it itself.
  package func column(_ name: String) -> Column? {
    var found: Column?
    for scope in [AttributeScope.span, .resource, .scope] {
      guard let column = column(scope, name) else { continue }
      guard let first = found else {
        found = column
        continue
      }
      guard first.present != nil else { return first }
      found = first.filled(from: column, count: rowCount)
    }
    return found
  }

  /// Status messages as a dense column; nil when no row has one.
  ///
  /// - Complexity: O(1), or O(rows) when few have one. The same goes for the trace state.
  package var statusMessageColumn: Column? { statusMessage?.dense }
  package var traceStateColumn: Column? { traceState?.dense }
  /// The status messages of some row, without saying which: see ``values(_:_:)``. O(1).
  package var statusMessageValues: Column.Values? { statusMessage?.values }
  /// The trace states of some row, likewise.
  package var traceStateValues: Column.Values? { traceState?.values }

  /// Name or version of the scope of every row.
  ///
  /// - Complexity: O(scopes), or O(rows) where scopes share a text.
  package func scopeColumn(version: Bool) -> Column {
    let texts = side.batch.scopes.map { side.batch.text(version ? $0.version : $0.name) }
    return Self.distinct(texts, codes: scopeCode)
  }

  /// The service of every row, `unknown_service` where the resource names none.
  ///
  /// - Complexity: O(resources), or O(rows) where resources share a service.
  package var serviceColumn: Column {
    Self.distinct(services, codes: resourceCode)
  }

  /// A text for each code of a shared table, with equal texts made one.
  private static func distinct(_ texts: [String], codes: PackedInts) -> Column {
    var coder = TextCoder()
    let table = texts.map { text in
      var text = text
      return text.withUTF8 { coder.code($0) }
    }
    let isSame = coder.count == texts.count
    return Column(
      present: nil,
      values: .text(isSame ? codes : codes.mapped(through: table), coder.dictionary()))
  }

  /// A column of an attribute that rows share through a table.
  private func shared(
    _ name: String, _ codes: PackedInts, _ ranges: [RecordRange]
  ) -> Column? {
    table(name, ranges)?.gathered(codes)
  }

  /// An attribute of each of a table's entries.
  func table(_ name: String, _ ranges: [RecordRange]) -> Column? {
    guard let key = side.key(name) else { return nil }
    var builder: ColumnBuilder?
    side.batch.arena.withUnsafeBufferPointer { arena in
      for (code, range) in ranges.enumerated() {
        // The first one counts when a resource repeats a key.
        guard let index = range.indices.first(where: { side.batch.attributes[$0].key == key })
        else { continue }
        let record = side.batch.attributes[index]
        if builder == nil { builder = ColumnBuilder(record.type) }
        builder?.append(UInt32(code), record, arena)
      }
    }
    return builder?.finish(count: ranges.count).dense
  }
}
