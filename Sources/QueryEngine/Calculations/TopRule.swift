import QueryLanguage
import Telemetry

extension CalculationRule {
  static let top = CalculationRule(.top, needs: .tallies, .tallies) { _ in .array }
}

extension FieldTotals {
  /// The commonest values of some cells as an array of pairs, the commonest first; of equally common
  /// ones the smaller.
  func top(_ count: Int, _ ranges: some Sequence<CellRange>) -> ResultValue {
    var tallies: [UInt32: (count: Int, value: ResultValue)] = [:]
    for range in ranges {
      guard let part = distinct[range.partial], !range.cells.isEmpty else { continue }
      let codes =
        Int(part.starts[range.cells.lowerBound])..<Int(part.starts[range.cells.upperBound])
      for index in codes {
        let code = Int(part.codes[index])
        let number = numbers[range.partial][code]
        let more = Int(part.tallies[index])
        if let known = tallies[number] {
          tallies[number] = (known.count + more, Self.named(known.value, part.values, code))
        } else {
          tallies[number] = (more, part.values.result(code))
        }
      }
    }
    guard !tallies.isEmpty else { return .missing }
    let sorted = tallies.values.sorted { a, b in
      a.count != b.count ? a.count > b.count : ResultOrder.order(a.value, b.value) < 0
    }
    let pairs = sorted.prefix(count).map { entry in
      AttributeValue.array([entry.value.attribute ?? .empty, .integer(Int64(entry.count))])
    }
    return .json(ValueJSON.text(.array(pairs)))
  }

  /// Where 1 and 1.0 are one value, the integer names it.
  private static func named(
    _ value: ResultValue, _ list: ValueList, _ code: Int
  ) -> ResultValue {
    list.isInteger(code) ? list.result(code) : value
  }
}

extension ResultValue {
  /// As an attribute would hold it; nil for no value.
  var attribute: AttributeValue? {
    switch self {
    case .missing: nil
    case .text(let text): .text(text)
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .time(let value): .integer(Int64(clamping: value))
    case .json(let text): .text(text)
    }
  }
}
