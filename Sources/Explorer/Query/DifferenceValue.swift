package import QueryLanguage

/// A line about a value: how many of either side have it.
package struct DifferenceValue: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case value(ResultValue)
    case missing
    /// All values without a line of their own.
    case rest
    /// Both values of a pair.
    case both
  }

  package var kind: Kind
  /// Of a pair: whose value it is.
  package var field: FieldRef?
  package var counts: Sides

  package init(_ kind: Kind, _ counts: Sides, of field: FieldRef? = nil) {
    (self.kind, self.counts, self.field) = (kind, counts, field)
  }

  package var text: String {
    switch kind {
    case .value(let value):
      (field.map { QueryText.print($0) + " = " } ?? "") + DifferenceText.value(value)
    case .missing: "missing"
    case .rest: "all others"
    case .both: "both"
    }
  }
}

extension FieldDifference {
  /// A line for each value, the rest and "missing": those first that differ most.
  func rows(of whole: Sides) -> [DifferenceValue] {
    var rows = values.map { DifferenceValue(.value($0.value), $0.counts) }
    if missing != Sides() {
      let size = abs(missing.difference(of: whole))
      let index = rows.firstIndex { abs($0.counts.difference(of: whole)) < size } ?? rows.count
      rows.insert(DifferenceValue(.missing, missing), at: index)
    }
    if let rest { rows.append(DifferenceValue(.rest, rest)) }
    return rows
  }
}

extension PairDifference {
  /// The pair, then each value alone.
  var rows: [DifferenceValue] {
    [DifferenceValue(.both, counts)]
      + fields.indices.map {
        DifferenceValue(.value(values[$0]), aloneCounts[$0], of: fields[$0])
      }
  }
}
