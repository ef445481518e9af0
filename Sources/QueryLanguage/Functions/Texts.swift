extension FunctionKind {
  package static let concatenation = FunctionKind(
    "CONCAT", 1...64, parameters: "(a, b, …)", in: .fields, yields: .type(.text),
    help: "the texts one after the other")
  package static let lowercase = FunctionKind(
    "LOWER", 1...1, parameters: "(text)", in: .fields, yields: .type(.text), help: "in lower case")
  package static let uppercase = FunctionKind(
    "UPPER", 1...1, parameters: "(text)", in: .fields, yields: .type(.text), help: "in upper case")
  package static let trimmed = FunctionKind(
    "TRIM", 1...1, parameters: "(text)", in: .fields, yields: .type(.text),
    help: "without blanks at its ends")
  package static let length = FunctionKind(
    "LENGTH", 1...1, parameters: "(text)", in: .fields, yields: .type(.integer),
    help: "how many code points it has")
  package static let holdsText = FunctionKind(
    "CONTAINS", 2...2, parameters: "(text, part)", in: .fields, yields: .type(.bool),
    help: "whether the part is in it")
  package static let beginsWith = FunctionKind(
    "STARTS_WITH", 2...2, parameters: "(text, part)", in: .fields, yields: .type(.bool),
    help: "whether it begins with the part")
  package static let endsIn = FunctionKind(
    "ENDS_WITH", 2...2, parameters: "(text, part)", in: .fields, yields: .type(.bool),
    help: "whether it ends with the part")
}
