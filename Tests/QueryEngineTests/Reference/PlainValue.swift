import QueryLanguage
import Telemetry

/// A field's value in the reference.
enum PlainValue: Hashable {
  case text(String)
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  /// Nanoseconds, shown in milliseconds.
  case length(UInt64)
  case time(UInt64)
  case bytes([UInt8])
  case array([AttributeValue])
  case id(String)

  init?(_ value: AttributeValue) {
    switch value {
    case .empty: return nil
    case .text(let text): self = .text(text)
    case .bool(let bool): self = .bool(bool)
    case .integer(let integer): self = .integer(integer)
    case .double(let double): self = .double(double)
    case .bytes(let bytes): self = .bytes(bytes)
    case .array(let values): self = .array(values)
    case .map: self = .text("{}")
    }
  }

  var result: ResultValue {
    switch self {
    case .text(let text), .id(let text): .text(text)
    case .bool(let bool): .bool(bool)
    case .integer(let integer): .integer(integer)
    case .double(let double): .double(double)
    case .length(let count): .double(Double(count) / 1_000_000)
    case .time(let time): .time(time)
    case .bytes(let bytes): .text(Base64.text(bytes))
    case .array(let values): .json(ValueJSON.text(.array(values)))
    }
  }

  var typeName: String {
    switch self {
    case .integer, .double, .length, .time: "number"
    case .bool: "bool"
    case .text: "text"
    case .bytes: "bytes"
    case .array: "array"
    case .id: "id"
    }
  }

  /// What tells groups apart: type and content.
  var key: String {
    switch self {
    case .double(let double) where double.isNaN: "double nan"
    case .double(let double) where Int64(exactly: double) != nil:
      "\(PlainValue.integer(Int64(exactly: double) ?? 0))"
    case .double(let double): "double \(double)"
    case .text(let text): "text \(Array(text.utf8))"
    default: "\(self)"
    }
  }

  /// As tests of text see it.
  var text: String {
    switch result {
    case .text(let text), .json(let text): text
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .time(let time): "\(time)"
    case .double(let double):
      "\(double)".hasSuffix(".0") ? "\("\(double)".dropLast(2))" : "\(double)"
    case .missing: ""
    }
  }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value.isNaN ? nil : value
    case .length(let value): Double(value) / 1_000_000
    case .time(let value): Double(value)
    default: nil
    }
  }
}

extension PlainSpan {
  func value(_ field: FieldRef) -> PlainValue? {
    if let value = known[field] { return value }
    let value = find(field)
    known[field] = .some(value)
    return value
  }

  private func find(_ field: FieldRef) -> PlainValue? {
    if let event, let owner { return value(of: event, owner, field) }
    switch field.computed {
    case .related(let value)?: return related(value)
    case .expression(let expression)?: return value(of: expression)
    case .condition(let filter)?: return .bool(passes(filter))
    case nil: break
    }
    let own = FieldRef(field.name, scope: field.scope)
    switch field.relation {
    case .root: return root?.value(own)
    case .parent: return parent?.value(own)
    case .own: break
    }
    if let builtin = field.builtin { return value(builtin) }
    let positions: [[AttributeValue.Entry]] =
      switch field.scope {
      case .automatic: [self.own, resource, scope]
      case .span: [self.own]
      case .resource: [resource]
      case .scope: [scope]
      }
    let found = positions.lazy.compactMap { $0.first { $0.key == field.name } }.first
    if found == nil, field.scope == .automatic, field.name == "exception.type" {
      let exception = events.first { $0.name == "exception" }
      return exception?.attributes.first { $0.key == field.name }.flatMap { PlainValue($0.value) }
    }
    return found.flatMap { PlainValue($0.value) }
  }

  /// A field of an event: its own, else that of its span.
  private func value(of event: PlainEvent, _ span: PlainSpan, _ field: FieldRef) -> PlainValue? {
    guard field.relation == .own, field.scope == .automatic, field.computed == nil else {
      return span.value(field)
    }
    switch field.name {
    case "name": return .text(event.name)
    case "time": return .time(event.time)
    default: break
    }
    guard field.builtin == nil else { return span.value(field) }
    if let own = event.attributes.first(where: { $0.key == field.name }) {
      return PlainValue(own.value)
    }
    // An event lends its span nothing that another event could show.
    let named = (span.own + span.resource + span.scope).first { $0.key == field.name }
    return named.flatMap { PlainValue($0.value) }
  }

  /// An attribute's values in all the scopes a name without one is looked for.
  func attributes(_ field: FieldRef) -> [PlainValue] {
    let positions: [(FieldScope, [AttributeValue.Entry])] = [
      (.span, own), (.resource, resource), (.scope, scope),
    ]
    return positions.filter { field.scope == .automatic || field.scope == $0.0 }
      .flatMap { $0.1 }.filter { $0.key == field.name }.compactMap { PlainValue($0.value) }
  }

  private func value(_ builtin: BuiltinField) -> PlainValue? {
    switch builtin {
    case .name: return .text(name)
    case .serviceName:
      if case .text(let text)? = resource.first(where: { $0.key == "service.name" })?.value {
        return .text(text)
      }
      return .text("unknown_service")
    case .durationMS: return .length(duration)
    case .startTime: return .time(start)
    case .endTime: return .time(start + duration)
    case .traceID: return .id(TraceID(high: 0, low: trace).hex)
    case .spanID: return .id(SpanID(id).hex)
    case .parentID: return parentID == 0 ? nil : .id(SpanID(parentID).hex)
    case .spanKind: return .text(kind.name)
    case .statusCode: return .text(status.name)
    case .statusMessage: return message.isEmpty ? nil : .text(message)
    case .error: return .bool(status == .error)
    case .isRoot: return .bool(parentID == 0)
    case .libraryName: return library.name.isEmpty ? nil : .text(library.name)
    case .libraryVersion: return library.version.isEmpty ? nil : .text(library.version)
    case .numEvents: return .integer(Int64(events.count))
    case .numLinks, .traceFlags: return .integer(0)
    case .traceState: return nil
    case .depth: return .integer(Int64(depth))
    case .childCount: return .integer(Int64(children.count))
    case .selfMS: return .length(selfTime)
    case .isLeaf: return .bool(children.isEmpty)
    case .descendantCount: return .integer(Int64(spans(.descendant).count))
    case .gapMS: return .length(selfTime)
    // Compared with the waterfall's elsewhere.
    case .criticalMS: return nil
    case .traceDurationMS:
      let end = whole.map { $0.start + $0.duration }.max() ?? 0
      return .length(end - (whole.map(\.start).min() ?? 0))
    case .traceSpans: return .integer(Int64(whole.count))
    case .traceErrors: return .integer(Int64(whole.count { $0.status == .error }))
    case .invalidDuration: return end < start ? .bool(true) : nil
    }
  }
}
