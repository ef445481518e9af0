import Telemetry
package import QueryLanguage

/// The menu of any value anywhere: each item edits the query and runs it, or copies.
package enum ValueMenu {
  /// What can be done with the value of a field.
  package static func menu(_ field: FieldRef, _ value: ResultValue) -> Menu {
    let name = QueryText.print(field)
    let shown = text(value)
    return Menu(
      title: "\(name) = \(shown)",
      items: [
        Menu.Item("show only where \(name) = \(shown)", "=", [.edit(.showOnly(field, value))]),
        Menu.Item("show only where \(name) != \(shown)", "!", [.edit(.exclude(field, value))]),
        Menu.Item(
          "related: traces where any span has it", "r",
          [.edit(.and(.related(.any, .whether(field, is: value))))]),
        Menu.Item("group by \(name)", "g", [.edit(.groupBy(field))]),
        Menu.Item("add \(name) as a column", "c", [.edit(.addColumn(field))]),
        Menu.Item("copy the value", "y", [.copy(exact(value), what: name)]),
      ])
  }

  /// The value as a person reads it.
  package static func text(_ value: ResultValue) -> String {
    switch value {
    case .missing: "(none)"
    case .text(let text), .json(let text): text
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let number): String(number)
    case .double(let number): Figures.short(number)
    case .time(let nanoseconds): String(nanoseconds)
    }
  }
}

extension ValueMenu {
  /// The value with nothing rounded off.
  package static func exact(_ value: ResultValue) -> String {
    if case .double(let number) = value { return "\(number)" }
    return text(value)
  }
}
