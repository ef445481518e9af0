package import Telemetry

/// A field's values over all rows of a segment.
package struct Column: Sendable {
  package enum Values: Sendable {
    case integer(PackedInts)
    case double([Double])
    case bool(Bitmap)
    case text(PackedInts, TextDictionary)
    case mixed(PackedInts, ValueDictionary)
  }

  /// Rows that have the field; nil: all. What the others hold in `values` means nothing.
  package let present: Bitmap?
  package let values: Values

  package init(present: Bitmap?, values: Values) {
    (self.present, self.values) = (present, values)
  }

  package func hasValue(_ row: Int) -> Bool { present?[row] ?? true }

  /// The value of a row; nil when it has none.
  package func value(_ row: Int) -> AttributeValue? {
    guard hasValue(row) else { return nil }
    return switch values {
    case .integer(let values): .integer(values[row])
    case .double(let values): .double(values[row])
    case .bool(let values): .bool(values[row])
    case .text(let codes, let texts): .text(texts[Int(codes[row])])
    case .mixed(let codes, let values): values.value(Int(codes[row]))
    }
  }
}

/// A column as a segment keeps it: values of the rows that have one only, when few do.
struct StoredColumn: Sendable {
  /// nil: every row has a value.
  let present: Bitmap?
  /// `values` has an entry only for each row in `present`.
  let isCompact: Bool
  let values: Column.Values
  /// Rows with a value before each word of `present`.
  let ranks: [UInt32]

  init(present: Bitmap?, isCompact: Bool, values: Column.Values) {
    self.present = present
    self.isCompact = isCompact
    self.values = values
    ranks = isCompact ? present?.ranks() ?? [] : []
  }

  /// Over all rows.
  ///
  /// - Complexity: O(1), or O(rows) when compact.
  var dense: Column {
    guard isCompact, let present else { return Column(present: present, values: values) }
    let spread: Column.Values =
      switch values {
      case .integer(let values): .integer(values.spread(over: present))
      case .text(let codes, let texts): .text(codes.spread(over: present), texts)
      case .mixed(let codes, let texts): .mixed(codes.spread(over: present), texts)
      case .double(let values): .double(present.spread(values, filler: 0))
      case .bool(let values): .bool(Self.spread(values, present))
      }
    return Column(present: present, values: spread)
  }

  private static func spread(_ values: Bitmap, _ present: Bitmap) -> Bitmap {
    var dense = Bitmap(repeating: false, count: present.count)
    var place = 0
    present.forEachSet { row in
      if values[place] { dense.insert(row) }
      place += 1
    }
    return dense
  }

  /// The place of a row in `values`; nil when the row has none.
  @inline(__always)
  func place(_ row: Int) -> Int? {
    guard let present else { return row }
    guard present[row] else { return nil }
    guard isCompact else { return row }
    let below = present.words[row >> 6] & ((1 << UInt64(row & 63)) &- 1)
    return Int(ranks[row >> 6]) + below.nonzeroBitCount
  }

  /// Appends a row's value to a batch, if it has one.
  func append(_ row: Int, key: UInt32, to batch: inout SpanBatch) {
    guard let place = place(row) else { return }
    switch values {
    case .integer(let values):
      batch.attributes.append(AttributeRecord(key: key, integer: values[place]))
    case .double(let values):
      batch.attributes.append(AttributeRecord(key: key, double: values[place]))
    case .bool(let values):
      batch.attributes.append(AttributeRecord(key: key, bool: values[place]))
    case .text(let codes, let texts):
      let range = texts.withBytes(Int(codes[place])) { batch.append(bytes: $0) }
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
    case .mixed(let codes, let values):
      values.append(Int(codes[place]), key: key, to: &batch)
    }
  }

  var byteCount: Int {
    let bits = present.map { $0.words.count * 8 } ?? 0
    let own =
      switch values {
      case .integer(let values): values.byteCount
      case .double(let values): values.count * 8
      case .bool(let values): values.words.count * 8
      case .text(let codes, let texts): codes.byteCount + texts.byteCount
      case .mixed(let codes, let values): codes.byteCount + values.byteCount
      }
    return bits + own + ranks.count * 4
  }
}
