import QueryLanguage

extension CalculationRule {
  static let first = CalculationRule(.first, needs: .earliest, .pick(.earliest), type: typeOfField)
  static let last = CalculationRule(.last, needs: .latest, .pick(.latest), type: typeOfField)
  static let exemplar = CalculationRule(.exemplar, needs: .longest, .pick(.longest)) { _ in .id }
}

extension FieldTotals {
  /// What the span that comes first among some cells shows.
  func picked(_ order: PickPart.Order, _ ranges: some Sequence<CellRange>) -> ResultValue {
    PickPart.value(
      ranges.lazy.compactMap { range in
        picks[range.partial].first { $0.order == order }.map { (part: $0, cells: range.cells) }
      })
  }

  /// The type of what is shown; nil when no span has the field.
  func pickedType(_ order: PickPart.Order) -> FieldType? {
    let types = Set(picks.joined().lazy.filter { $0.order == order }.map(\.type))
    return types.count > 1 ? .mixed : types.first
  }
}
