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

    init(_ values: Column.Values) {
      switch values {
      case .integer(let values): self = .integers(values, .plain)
      case .double(let values): self = .doubles(values)
      case .bool(let values): self = .bools(values)
      case .text(let codes, let texts): self = .coded(codes, .texts(texts))
      case .mixed(let codes, let values): self = .coded(codes, .values(values))
      }
    }
  }

  /// Rows that have the field; nil: all. What the others hold in `values` means nothing.
  let present: Bitmap?
  let values: Values

  init(present: Bitmap? = nil, _ values: Values) { (self.present, self.values) = (present, values) }

  init(_ column: Column) {
    var present = column.present
    if case .mixed(let codes, let values) = column.values {
      present = Self.present(present, codes, values)
    }
    self.init(present: present, Values(column.values))
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
  var type: FieldType { values.type }
}

extension FieldColumn.Values {
  var type: FieldType {
    switch self {
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
