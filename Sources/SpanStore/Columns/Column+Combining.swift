import Telemetry

extension Column {
  /// The column of rows that refer to rows of this one by code.
  ///
  /// - Complexity: O(codes).
  func gathered(_ codes: PackedInts) -> Column {
    let rows = codes.decodedCodes()
    let values: Values =
      switch self.values {
      case .integer(let values): .integer(PackedInts(rows.map { values[Int($0)] }))
      case .text(let own, let texts): .text(codes.mapped(through: own.decodedCodes()), texts)
      case .mixed(let own, let texts): .mixed(codes.mapped(through: own.decodedCodes()), texts)
      case .double(let values): .double(rows.map { values[Int($0)] })
      case .bool(let values): .bool(Self.gather(values, rows))
      }
    return Column(present: present.map { Self.gather($0, rows) }, values: values)
  }

  private static func gather(_ bits: Bitmap, _ rows: [UInt32]) -> Bitmap {
    var result = Bitmap(repeating: false, count: rows.count)
    for (row, code) in rows.enumerated() where bits[Int(code)] { result.insert(row) }
    return result
  }

  /// This column's values, and those of `other` in the `count` rows that have none here.
  func filled(from other: Column, count: Int) -> Column {
    guard let present else { return self }
    var either = other.present ?? Bitmap(repeating: true, count: count)
    either.formOr(present)
    let all = either.popcount == count ? nil : either
    return Column(present: all, values: Self.fill(present, values, other, count))
  }

  private static func fill(
    _ present: Bitmap, _ first: Values, _ second: Column, _ count: Int
  ) -> Values {
    switch (first, second.values) {
    case (.integer(let own), .integer(let others)):
      let (own, others) = (own.decoded(), others.decoded())
      return .integer(PackedInts((0..<count).map { present[$0] ? own[$0] : others[$0] }))
    case (.double(let own), .double(let others)):
      return .double((0..<count).map { present[$0] ? own[$0] : others[$0] })
    case (.bool(var own), .bool(var others)):
      own.formAnd(present)
      others.formAndNot(present)
      own.formOr(others)
      return .bool(own)
    case (.text(let own, let texts), .text(let others, let otherTexts)):
      var coder = TextCoder()
      let codes = pick(present, coder.codes(own, texts), coder.codes(others, otherTexts))
      return .text(PackedInts(codes), coder.dictionary())
    default:
      var builder = MixedBuilder()
      let own = builder.codes(Column(present: present, values: first), count)
      let others = builder.codes(second, count)
      return .mixed(PackedInts(pick(present, own, others)), builder.dictionary)
    }
  }

  private static func pick(_ present: Bitmap, _ own: [UInt32], _ others: [UInt32]) -> [Int64] {
    own.indices.map { Int64(present[$0] ? own[$0] : others[$0]) }
  }
}

extension TextCoder {
  /// The codes here of a column's rows.
  fileprivate mutating func codes(_ rows: PackedInts, _ texts: TextDictionary) -> [UInt32] {
    var table: [UInt32] = []
    for code in 0..<texts.count { table.append(texts.withBytes(code) { self.code($0) }) }
    return rows.decodedCodes().map { table[Int($0)] }
  }
}

extension MixedBuilder {
  /// The codes here of a column's rows; those of rows without a value mean nothing.
  fileprivate mutating func codes(_ column: Column, _ count: Int) -> [UInt32] {
    switch column.values {
    case .text(let rows, let texts):
      let table = (0..<texts.count).map { code(.text(texts[$0])) }
      return rows.decodedCodes().map { table[Int($0)] }
    case .mixed(let rows, let values):
      let table = (0..<values.count).map { code(values.value($0)) }
      return rows.decodedCodes().map { table[Int($0)] }
    case .integer, .double, .bool:
      return (0..<count).map { row in column.value(row).map { code($0) } ?? 0 }
    }
  }

  private mutating func code(_ value: AttributeValue) -> UInt32 {
    append(value)
    return codes.base[codes.count - 1]
  }
}
