package import QueryLanguage
import Telemetry

/// Differences between a selection and its baseline in words.
package enum DifferenceText {
  /// A value as a person reads it; what is no value is *missing*.
  package static func value(_ value: ResultValue) -> String {
    value == .missing ? "missing" : PlainText.line(ValueMenu.text(value))
  }

  /// A number of a field with the unit it has.
  package static func number(_ field: FieldRef, _ value: Double?) -> String {
    field.isDuration ? Figures.milliseconds(value) : Figures.short(value)
  }

  /// What differs most: `QuickPay 100 % against 21 %`, of a measure its medians.
  package static func leading(_ field: FieldDifference, _ whole: Sides) -> String {
    if let measure = field.measure {
      let medians = [measure.selectionP50, measure.baselineP50].map { number(field.field, $0) }
      return "P50 \(medians[0]) against \(medians[1])"
    }
    let (value, counts) = field.leading(of: whole)
    return "\(self.value(value)) \(shares(counts, of: whole))"
  }

  /// `100 % against 21 %`.
  package static func shares(_ counts: Sides, of whole: Sides) -> String {
    "\(share(counts, \.selection, whole)) against \(share(counts, \.baseline, whole))"
  }

  package static func share(
    _ counts: Sides, _ side: KeyPath<Sides, Int>, _ whole: Sides
  ) -> String {
    whole[keyPath: side] == 0 ? Figures.missing : Figures.percent(counts.share(side, of: whole))
  }

  /// `app.version = 2.7.1 and payment.provider = QuickPay`.
  package static func terms(_ pair: PairDifference) -> String {
    zip(pair.fields, pair.values).map { "\(QueryText.print($0)) = \(value($1))" }
      .joined(separator: " and ")
  }

  /// `12 of 12 selected, 4 of 104 others`.
  package static func counts(_ counts: Sides, of whole: Sides) -> String {
    "\(Figures.grouped(counts.selection)) of \(Figures.grouped(whole.selection)) selected, "
      + "\(Figures.grouped(counts.baseline)) of \(Figures.grouped(whole.baseline)) others"
  }

  /// `each alone 100 % against 34 %, 100 % against 21 %`.
  package static func alone(_ pair: PairDifference, _ whole: Sides) -> String {
    "each alone " + pair.aloneCounts.map { shares($0, of: whole) }.joined(separator: ", ")
  }

  /// How sure a difference is, and why it stands where it does.
  package static func remark(_ field: FieldDifference, _ role: FieldRole) -> String {
    if let same = field.sameAs { return "same split as \(QueryText.print(same))" }
    return switch role {
    case .cause: field.certainty.text
    case .outcome: "outcome, " + field.certainty.text
    case .unique: "ids"
    }
  }
}
