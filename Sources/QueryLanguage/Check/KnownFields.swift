import Telemetry

/// A catalog, indexed by name for the questions a check and a completion ask.
struct KnownFields {
  let spanCount: Int
  private let byName: [String: [FieldSummary]]

  /// - Complexity: O(fields).
  init(_ catalog: FieldCatalog) {
    spanCount = catalog.spanCount
    byName = Dictionary(grouping: catalog.fields, by: \.name)
  }

  var names: some Sequence<String> { byName.keys.sorted() + BuiltinField.allCases.map(\.rawValue) }

  /// The summaries a field is read from.
  func summaries(of field: FieldRef) -> [FieldSummary] {
    let all = byName[field.name] ?? []
    if field.builtin != nil { return all.filter { $0.scope == .automatic } }
    return all.filter { field.scope == .automatic || $0.scope == field.scope }
  }

  /// The type of its values; nil when no span has it.
  func type(of field: FieldRef) -> FieldType? {
    switch field.computed {
    case .related(let value)?: return value.type(of: value.field.flatMap { type(of: $0) })
    case .condition?: return .bool
    case .expression(let expression)?: return type(of: expression)
    case nil: break
    }
    if let builtin = field.builtin { return builtin.type }
    let types = Set(summaries(of: field).map(\.type))
    if types.isEmpty, field.isException { return .text }
    return types.count > 1 ? .mixed : types.first
  }

  private func type(of expression: Expression<FieldRef>) -> FieldType? {
    switch expression {
    case .term(let field): return type(of: field)
    case .literal(let literal):
      return switch literal {
      case .text, .json: .text
      case .bool: .bool
      case .integer: .integer
      case .double, .duration: .double
      case .time: .time
      }
    case .call(let function, let arguments):
      guard case .asArgument = function.result else {
        if case .type(let type) = function.result { return type }
        return nil
      }
      let values = function.hasCondition ? Array(arguments.dropFirst()) : arguments
      let types = Set(values.compactMap { type(of: $0) })
      if types == [.integer, .double] { return .double }
      return types.count > 1 ? .mixed : types.first
    }
  }

  func isUnknown(_ field: FieldRef) -> Bool {
    spanCount > 0 && field.computed == nil && !field.isException && field.builtin == nil
      && summaries(of: field).isEmpty
  }

  /// The field most like one that no span has: the same name elsewhere, or a similar one.
  func nearest(to field: FieldRef) -> String? {
    if byName[field.name] != nil { return FieldRef(field.name, of: field.relation).text }
    guard let name = Nearest.name(to: field.name, in: names) ?? ending(in: field.name) else {
      return nil
    }
    return FieldRef(name, of: field.relation).text
  }

  /// The shortest name that ends in the one given, as `http.target` does in `target`.
  private func ending(in name: String) -> String? {
    guard name.utf8.count >= 3 else { return nil }
    let suffix = "." + name.lowercased()
    return names.filter { $0.lowercased().hasSuffix(suffix) }
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }
}

extension FieldRef {
  /// Whether an exception event may lend it.
  package var isException: Bool { scope == .automatic && ExceptionField.names.contains(name) }
}

extension RelatedValue {
  /// The type of its values, given that of its field's.
  fileprivate func type(of field: FieldType?) -> FieldType {
    if kind.family == .count { return .integer }
    switch field {
    case .integer? where kind.percentile == nil && kind != .average: return .integer
    case .time?: return .time
    case .mixed?: return .mixed
    default: return .double
    }
  }
}

extension FieldType {
  /// What a field of this type holds, after the word "holds".
  package var holds: String {
    switch self {
    case .text: "text"
    case .integer, .double: "numbers"
    case .bool: "true and false"
    case .time: "instants"
    case .id: "ids"
    case .bytes: "bytes"
    case .array: "arrays"
    case .mixed: "values of different types"
    }
  }
}
