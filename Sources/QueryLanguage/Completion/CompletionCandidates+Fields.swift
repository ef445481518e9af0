import Telemetry

extension CompletionCandidates {
  /// Fields whose type fits, those most spans have first, with the prefix that is typed.
  func fields(where fits: (FieldType) -> Bool) -> [CompletionItem] {
    let prefix = FieldRef.prefixes.filter { typed.hasPrefix($0) }.max { $0.count < $1.count } ?? ""
    let sample = FieldRef(prefix: prefix, name: "")
    var items: [CompletionItem] = []
    for group in grouped(sample.scope) where fits(group.type) {
      let field = FieldRef(group.name, scope: sample.scope, of: sample.relation)
      let share =
        catalog.spanCount > 0 ? min(1, Double(group.spans) / Double(catalog.spanCount)) : nil
      items.append(
        CompletionItem(
          field.text, .field, group.type.rawValue,
          count: sample.relation == .own ? group.spans : nil,
          share: sample.relation == .own ? share : nil))
    }
    if prefix.isEmpty {
      items += [
        CompletionItem("root.", .field, "a field of the trace's root span"),
        CompletionItem("parent.", .field, "a field of the parent span"),
      ]
    }
    let rest = String(typed.dropFirst(prefix.count))
    let named = items.ranked(by: rest) { item in
      String(item.text.dropFirst(prefix.count)).filter { $0 != "`" }
    }
    return prefix.isEmpty ? named : named + otherwise(prefix, fits)
  }

  /// Names that only look like a prefix, such as the built-in `span.kind` after `span.`.
  private func otherwise(_ prefix: String, _ fits: (FieldType) -> Bool) -> [CompletionItem] {
    grouped(.automatic).filter { $0.name.hasPrefix(prefix) && fits($0.type) }
      .map { CompletionItem(FieldRef($0.name).text, .field, $0.type.rawValue, count: $0.spans) }
      .ranked(by: typed, \.text)
  }

  private struct Group {
    var name: String
    var type: FieldType
    var spans: Int
    var isBuiltin: Bool
  }

  /// One entry for each name, whatever scopes it is found in; built-ins that are not in the
  /// catalog are added.
  private func grouped(_ scope: FieldScope) -> [Group] {
    var groups: [Group] = []
    var indices: [String: Int] = [:]
    for field in catalog.fields where scope == .automatic || field.scope == scope {
      if let index = indices[field.name] {
        groups[index].spans = max(groups[index].spans, field.spans)
        if groups[index].type != field.type, !groups[index].isBuiltin {
          groups[index].type = .mixed
        }
        continue
      }
      indices[field.name] = groups.count
      let isBuiltin = scope == .automatic && BuiltinField(rawValue: field.name) != nil
      groups.append(
        Group(name: field.name, type: field.type, spans: field.spans, isBuiltin: isBuiltin))
    }
    if scope == .automatic {
      for builtin in BuiltinField.allCases where indices[builtin.rawValue] == nil {
        groups.append(
          Group(
            name: builtin.rawValue, type: builtin.type,
            spans: catalog.fields.isEmpty ? 0 : catalog.spanCount,
            isBuiltin: true))
      }
    }
    return groups.enumerated().sorted { a, b in
      let (left, right) = (a.element, b.element)
      if left.isBuiltin != right.isBuiltin { return left.isBuiltin }
      if !left.isBuiltin, left.spans != right.spans { return left.spans > right.spans }
      return a.offset < b.offset
    }.map(\.element)
  }
}
