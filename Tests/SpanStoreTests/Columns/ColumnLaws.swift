import SpanStore
import Telemetry
import TestSupport
import Testing

/// Columns against a dictionary for each row.
@Suite struct ColumnLaws {
  typealias Entry = AttributeValue.Entry

  @Test("a column has each row's value, span before resource before scope", arguments: 1...80)
  func values(seed: UInt64) {
    var random = RandomBatch(seed: seed)
    let batches = (0..<3).map { _ in random.next(limit: 40) }
    let segment = RestoringLaws.segment(batches).segment
    check(segment, batches, seed)
  }

  @Test("so has one of a single type, however few rows have it", arguments: 1...40)
  func oneType(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let batches = (0..<2).map { _ in Self.typedBatch(&random) }
    let segment = RestoringLaws.segment(batches).segment
    check(segment, batches, seed)
    for (name, type) in Self.typed {
      guard let column = segment.column(name) else { continue }
      let isOfType =
        switch column.values {
        case .text: type == .text
        case .integer: type == .integer
        case .double: type == .double
        case .bool: type == .bool
        case .mixed: type == .bytes
        }
      #expect(isOfType, "\(name) seed \(seed)")
    }
  }

  private func check(_ segment: Segment, _ batches: [SpanBatch], _ seed: UInt64) {
    let rows = Self.rows(segment, batches)
    let scopes: [(Segment.AttributeScope, (Row) -> [Entry])] = [
      (.span, \.span), (.resource, \.resource), (.scope, \.scope),
    ]
    let names = scopes.map { scope, own in
      let expected = Set(rows.flatMap { own($0).map(\.key) })
      let names = segment.attributeNames(scope)
      #expect(Set(names).isSuperset(of: expected) && Set(names).count == names.count)
      return expected
    }
    for name in Set(names.joined()) {
      for (scope, own) in scopes {
        check(segment.column(scope, name), rows.map { own($0)[name] }, "\(name) seed \(seed)")
      }
      let anywhere = rows.map { $0.span[name] ?? $0.resource[name] ?? $0.scope[name] }
      check(segment.column(name), anywhere, "\(name) anywhere, seed \(seed)")
    }
    #expect(segment.column("no such name") == nil)
  }

  private func check(_ column: Column?, _ expected: [AttributeValue?], _ note: String) {
    guard let column else {
      #expect(expected.allSatisfy { $0 == nil }, "\(note)")
      return
    }
    for (row, value) in expected.enumerated() {
      let found = column.value(row)
      // As text, since NaN is not equal to itself.
      #expect(found.map(ValueJSON.text) == value.map(ValueJSON.text), "row \(row) \(note)")
      #expect(found?.type == value?.type, "row \(row) \(note)")
    }
    if case .text(_, let texts) = column.values {
      let all = (0..<texts.count).map { texts[$0] }
      #expect(Set(all).count == all.count, "a text twice, \(note)")
      for (code, text) in all.enumerated() { #expect(texts.code(of: text) == code) }
    }
  }

  private static let typed: KeyValuePairs<String, AttributeType> = [
    "t": .text, "i": .integer, "d": .double, "b": .bool, "y": .bytes,
  ]

  /// Spans and resources with the same keys, each of one type, often or seldom.
  static func typedBatch(_ random: inout SeededGenerator) -> SpanBatch {
    var batch = SpanBatch()
    batch.scopes.append(ScopeRecord())
    let shares: [Double] = [0.02, 0.1, 0.5, 1]
    let share = shares.randomElement(using: &random) ?? 1
    for _ in 0..<2 {
      var resource = ResourceRecord()
      resource.attributes = batch.append(attributes: entries(share, &random))
      batch.resources.append(resource)
    }
    for _ in 0..<60 {
      var span = SpanRecord()
      (span.traceHigh, span.traceLow) = (1, UInt64.random(in: 1...9, using: &random))
      span.spanID = random.next()
      span.resource = UInt32.random(in: 0...1, using: &random)
      span.attributes = batch.append(attributes: entries(share, &random))
      batch.spans.append(span)
    }
    return batch
  }

  private static func entries(_ share: Double, _ random: inout SeededGenerator) -> [Entry] {
    typed.compactMap { name, type in
      guard Double.random(in: 0..<1, using: &random) < share else { return nil }
      let number = Int64.random(in: -3...70_000, using: &random)
      let value: AttributeValue =
        switch type {
        case .text: .text("text \(number % 7)")
        case .integer: .integer(number)
        case .double: .double(Double(number) / 8)
        case .bool: .bool(number % 2 == 0)
        default: .bytes([UInt8(truncatingIfNeeded: number)])
        }
      return Entry(name, value)
    }
  }

  private struct Row {
    var span: [Entry]
    var resource: [Entry]
    var scope: [Entry]
  }

  private static func rows(_ segment: Segment, _ batches: [SpanBatch]) -> [Row] {
    (0..<segment.rowCount).map { row in
      let id = segment.traces.id(segment.traces.trace(ofRow: row))
      for batch in batches {
        for span in batch.spans
        where span.traceID == id && span.spanID == segment.spanIDs[row] {
          return Row(
            span: batch.entries(span.attributes),
            resource: batch.entries(batch.resources[Int(span.resource)].attributes),
            scope: batch.entries(batch.scopes[Int(span.scope)].attributes))
        }
      }
      return Row(span: [], resource: [], scope: [])
    }
  }
}

extension [AttributeValue.Entry] {
  /// The first value under a key: it counts when a key is repeated.
  fileprivate subscript(_ key: String) -> AttributeValue? { first { $0.key == key }?.value }
}
