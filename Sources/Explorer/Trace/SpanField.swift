import QueryLanguage
import Telemetry

/// Reads one field of the spans of a trace, by the rules of DESIGN §2: built-in, span, resource,
/// scope.
struct SpanField {
  private let field: FieldRef
  /// Index of the name in the batch's key table; nil when no span of the trace has it.
  private let key: Int?

  /// - Complexity: O(keys of the trace).
  init(_ field: FieldRef, _ view: TraceView) {
    self.field = field
    let name = Array(field.name.utf8)
    key = view.batch.keys.ranges.firstIndex { view.batch.arena[$0.indices].elementsEqual(name) }
  }

  /// nil where the span has no such field.
  func value(_ index: Int, _ view: TraceView) -> ResultValue? {
    switch field.relation {
    case .own: return own(index, view)
    case .parent:
      let parent = Int(view.nodes[index].parent)
      return parent >= 0 ? own(parent, view) : nil
    case .root:
      return view.nodes.firstIndex { $0.parent == -1 }.flatMap { own($0, view) }
    }
  }

  private func own(_ index: Int, _ view: TraceView) -> ResultValue? {
    if let builtin = field.builtin { return value(builtin, index, view) }
    guard let record = record(index, view) else { return nil }
    return ResultValue(view.batch.value(record))
  }

  /// The attribute, wherever it is looked for; the last of repeated keys does not count.
  func record(_ index: Int, _ view: TraceView) -> AttributeRecord? {
    guard let key else { return nil }
    let batch = view.batch
    let span = batch.spans[index]
    let places: [(FieldPlace, RecordRange)] = [
      (.span, span.attributes), (.resource, batch.resources[Int(span.resource)].attributes),
      (.scope, batch.scopes[Int(span.scope)].attributes),
    ]
    for (place, range) in places where field.place == .automatic || field.place == place {
      for record in batch.attributes[range.indices] where record.key == key { return record }
    }
    return nil
  }

  private func value(
    _ builtin: BuiltinField, _ index: Int, _ view: TraceView
  ) -> ResultValue? {
    let node = view.nodes[index]
    let span = view.batch.spans[index]
    let text = { (range: ByteRange) -> ResultValue? in
      range.isEmpty ? nil : .text(view.batch.text(range))
    }
    switch builtin {
    case .name: return .text(view.texts[Int(node.name)])
    case .serviceName: return .text(view.texts[Int(node.service)])
    case .durationMS: return .double(node.duration.milliseconds)
    case .selfMS: return .double(node.selfTime.milliseconds)
    case .startTime: return .time(span.start)
    case .endTime: return .time(node.end.sinceEpoch)
    case .traceID: return .text(view.id.description)
    case .spanID: return .text(node.spanID.description)
    case .parentID: return span.parentID == 0 ? nil : .text(node.parentID.description)
    case .spanKind: return .text(node.kind.name)
    case .statusCode: return .text(node.status.name)
    case .statusMessage: return text(span.statusMessage)
    case .error: return .bool(node.isError)
    case .isRoot: return .bool(span.parentID == 0)
    case .libraryName: return text(view.batch.scopes[Int(span.scope)].name)
    case .libraryVersion: return text(view.batch.scopes[Int(span.scope)].version)
    case .numEvents: return .integer(Int64(span.events.count))
    case .numLinks: return .integer(Int64(span.links.count))
    case .traceState: return text(span.traceState)
    case .traceFlags: return .integer(Int64(span.flags & 0xFF))
    case .depth: return .integer(Int64(node.depth))
    case .childCount: return .integer(Int64(node.childCount))
    case .invalidDuration: return .bool(node.marks.contains(.invalidDuration))
    }
  }
}
