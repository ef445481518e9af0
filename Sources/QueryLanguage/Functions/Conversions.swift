extension FunctionKind {
  package static let toInteger = FunctionKind(
    "INT", 1...1, parameters: "(x)", in: .fields, yields: .type(.integer),
    help: "the number without what is behind its point")
  package static let toNumber = FunctionKind(
    "FLOAT", 1...1, parameters: "(x)", in: .fields, help: "the number that a text spells")
  package static let toText = FunctionKind(
    "STRING", 1...1, parameters: "(x)", in: .fields, yields: .type(.text), help: "as a text")
  package static let hour = FunctionKind(
    "HOUR", 1...1, parameters: "(time)", in: .fields, yields: .type(.integer),
    help: "hour of the day, 0 to 23, UTC")
  package static let weekday = FunctionKind(
    "WEEKDAY", 1...1, parameters: "(time)", in: .fields, yields: .type(.integer),
    help: "day of the week, 1 Monday to 7 Sunday, UTC")
  package static let timeText = FunctionKind(
    "FORMAT_TIME", 2...2, parameters: "(time, \"%H:%M\")", in: .fields, yields: .type(.text),
    help: "with %Y %m %d %H %M %S %F %T %j %u, UTC")
}
