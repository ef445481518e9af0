import QueryLanguage

extension PlainSpan {
  /// A calculation over the spans that stand to it in a relation.
  func related(_ value: RelatedValue) -> PlainValue? {
    let spans = spans(value.relation).filter { span in value.filter.map(span.passes) ?? true }
    guard let field = value.field else { return .integer(Int64(spans.count)) }
    let values = spans.compactMap { $0.value(field) }
    if value.kind.word == "COUNT_DISTINCT" { return .integer(Int64(Set(values.map(\.key)).count)) }
    let takesBooleans = value.kind.word == "AVG"
    let numbers = values.compactMap { value -> PlainValue? in
      if takesBooleans, case .bool(let bool) = value { return .integer(bool ? 1 : 0) }
      return value.number == nil ? nil : value
    }
    guard !numbers.isEmpty else { return nil }
    let lengths = numbers.compactMap { value -> UInt64? in
      if case .length(let length) = value { length } else { nil }
    }
    let integers = numbers.compactMap { value -> Int64? in
      if case .integer(let integer) = value { integer } else { nil }
    }
    let doubles = numbers.compactMap(\.number)
    let count = Double(numbers.count)
    let isWhole = integers.count == numbers.count
    switch value.kind.word {
    case "SUM":
      if !lengths.isEmpty { return .length(lengths.reduce(0, +)) }
      return isWhole ? .integer(integers.reduce(0, +)) : .double(doubles.reduce(0, +))
    case "AVG":
      if !lengths.isEmpty {
        return .double(Double(lengths.reduce(0, +)) / (count * 1_000_000))
      }
      return .double(
        (isWhole ? Double(integers.reduce(0, +)) : doubles.reduce(0, +)) / count)
    case "MIN":
      if let least = lengths.min() { return .length(least) }
      return isWhole ? integers.min().map { .integer($0) } : doubles.min().map { .double($0) }
    case "MAX":
      if let most = lengths.max() { return .length(most) }
      return isWhole ? integers.max().map { .integer($0) } : doubles.max().map { .double($0) }
    default:
      let rank = Int(value.kind.percentile?.thousandths ?? 0)
      let sorted = (lengths.isEmpty ? doubles : lengths.map(Double.init)).sorted()
      let scaled = (sorted.count - 1) * rank
      let (low, rest) = (scaled / 100_000, Double(scaled % 100_000) / 100_000)
      var found = sorted[low]
      if rest > 0, sorted[low] != sorted[low + 1] {
        found = sorted[low] + (sorted[low + 1] - sorted[low]) * rest
      }
      return .double(lengths.isEmpty ? found : found / 1_000_000)
    }
  }
}
