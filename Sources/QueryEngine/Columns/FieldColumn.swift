import QueryLanguage
import SpanStore
import Telemetry

/// A field's values over all rows of a segment, whichever way the segment holds them.
struct FieldColumn {
  enum Values {
    case integers(PackedInts, IntegerUnit)
    case doubles([Double])
    case bools(Bitmap)
    case coded(PackedInts, ValueTable)
    case spanIDs([UInt64])
  }

  /// Rows that have the field; nil: all. What the others hold in `values` means nothing.
  let present: Bitmap?
  let values: Values

  init(present: Bitmap? = nil, _ values: Values) { (self.present, self.values) = (present, values) }

  init(_ column: Column) {
    switch column.values {
    case .integer(let values): self.init(present: column.present, .integers(values, .plain))
    case .double(let values): self.init(present: column.present, .doubles(values))
    case .bool(let values): self.init(present: column.present, .bools(values))
    case .text(let codes, let texts):
      self.init(present: column.present, .coded(codes, .texts(texts)))
    case .mixed(let codes, let values):
      self.init(
        present: Self.present(column.present, codes, values), .coded(codes, .values(values)))
    }
  }

  /// An `AnyValue` with nothing in it counts as missing.
  private static func present(
    _ present: Bitmap?, _ codes: PackedInts, _ values: ValueDictionary
  ) -> Bitmap? {
    let isEmpty = (0..<values.count).map { values.type($0) == .empty }
    guard isEmpty.contains(true) else { return present }
    var all = present ?? Bitmap(repeating: true, count: codes.count)
    for (row, code) in codes.decodedCodes().enumerated() where all[row] && isEmpty[Int(code)] {
      all.remove(row)
    }
    return all
  }

  /// Calls `body` with a row's value, which must be there.
  ///
  /// For single rows; loops over a column switch on `values` once.
  func withValue<Result>(_ row: Int, _ body: (Scalar) -> Result) -> Result {
    switch values {
    case .integers(let values, let unit): body(unit.scalar(values[row]))
    case .doubles(let values): body(.double(values[row]))
    case .bools(let values): body(.bool(values[row]))
    case .coded(let codes, let table): table.withValue(Int(codes[row]), body)
    case .spanIDs(let values): body(.spanID(values[row]))
    }
  }

  func hasValue(_ row: Int) -> Bool { present?[row] ?? true }

  /// A row's value as a cell of a result.
  func result(_ row: Int) -> ResultValue {
    hasValue(row) ? withValue(row) { $0.result } : .missing
  }

  /// The type its values have, as far as this segment shows.
  var type: FieldType {
    switch values {
    case .integers(_, .plain): .integer
    case .integers(_, .milliseconds): .double
    case .integers(_, .time): .time
    case .doubles: .double
    case .bools: .bool
    case .coded(_, let table): table.type
    case .spanIDs: .id
    }
  }
}

/// What a column of integers counts.
enum IntegerUnit: Hashable, Sendable {
  case plain
  /// Held in nanoseconds, shown in milliseconds.
  case milliseconds
  /// Unix nanoseconds.
  case time

  @inline(__always)
  func scalar(_ value: Int64) -> Scalar {
    switch self {
    case .plain: .integer(value)
    case .milliseconds: .milliseconds(value)
    case .time: .time(UInt64(bitPattern: value))
    }
  }
}
