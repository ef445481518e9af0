package import QueryLanguage
package import Telemetry

/// Cells of a result as people read them.
package enum CellText {
  /// A value of a calculation: counts whole, lengths of time with a unit, the rest in three figures.
  package static func text(_ value: ResultValue, _ calculation: Calculation) -> String {
    guard let number = value.number else {
      return value == .missing ? Figures.missing : ValueMenu.text(value)
    }
    switch unit(calculation) {
    case .milliseconds: return Figures.milliseconds(number)
    default:
      let isWhole = number == number.rounded() && abs(number) < 1e15
      return isWhole ? Figures.grouped(Int(number)) : Figures.short(number)
    }
  }

  /// A field's value: an id or a code stays as it is.
  package static func text(
    _ value: ResultValue, _ field: FieldRef, _ clock: ClockStyle, now: UnixNanos
  ) -> String {
    switch value {
    case .time(let nanoseconds):
      clock.dated(UnixNanos(nanoseconds), now: now)
    case .double(let number) where field.builtin?.isDuration == true:
      Figures.milliseconds(number)
    default: ValueMenu.text(value)
    }
  }

  /// What the values of a calculation are.
  package static func unit(_ calculation: Calculation) -> ValueAxis.Unit {
    switch calculation.kind.family {
    case .count: .count
    case .flight, .share, .listing: .number
    case .value, .total, .change, .formula: calculation.isDuration ? .milliseconds : .number
    case .cells: calculation.field?.isDuration == true ? .milliseconds : .number
    }
  }
}
