package import Telemetry

/// Reads one field of the spans of an assembled trace: a built-in, else an attribute of the span,
/// its resource or its scope.
///
/// The rules are those of queries, span by span: what one shows the other shows too.
package struct SpanField {
  private let field: FieldRef
  private let view: TraceView
  /// Index of the name in the batch's key table; nil when no span of the trace has it.
  private let key: Int?
  /// The node that `root.` reads: the first in the order of the waterfall that names no parent.
  private let root: Int?

  /// - Complexity: O(keys of the trace), and O(spans) for `root.` fields.
  package init(_ field: FieldRef, _ view: TraceView) {
    (self.field, self.view) = (field, view)
    let name = Array(field.name.utf8)
    key = view.batch.keys.ranges.firstIndex { view.batch.arena[$0.indices].elementsEqual(name) }
    root = field.relation == .root ? view.rootNode : nil
  }

  /// nil where the span has no such field.
  package func value(_ index: Int) -> ResultValue? {
    // What is worked out from several spans is the engine's to say.
    guard field.computed == nil else { return nil }
    switch field.relation {
    case .own: return own(index)
    case .root: return root.flatMap { own($0) }
    case .parent:
      let parent = Int(view.nodes[index].parent)
      return parent >= 0 ? own(parent) : nil
    }
  }

  private func own(_ index: Int) -> ResultValue? {
    if let builtin = field.builtin { return value(of: builtin, index) }
    return (record(index) ?? exceptionRecord(index)).flatMap { ResultValue(view.batch.value($0)) }
  }

  /// What the span's first exception event says, where it lends its attributes to the span.
  private func exceptionRecord(_ index: Int) -> AttributeRecord? {
    guard let key, field.isException else { return nil }
    let batch = view.batch
    let events = batch.events[batch.spans[index].events.indices]
    guard let event = events.first(where: { batch.text($0.name) == "exception" }) else {
      return nil
    }
    return batch.attributes[event.attributes.indices].first { $0.key == key }
  }

  /// The span's own attribute, wherever it is looked for; of a repeated key the first.
  package func record(_ index: Int) -> AttributeRecord? {
    guard let key else { return nil }
    let batch = view.batch
    let span = batch.spans[index]
    let scopes: [(FieldScope, RecordRange)] = [
      (.span, span.attributes), (.resource, batch.resources[Int(span.resource)].attributes),
      (.scope, batch.scopes[Int(span.scope)].attributes),
    ]
    for (scope, range) in scopes where field.scope == .automatic || field.scope == scope {
      for record in batch.attributes[range.indices] where record.key == key { return record }
    }
    return nil
  }

  private func value(of builtin: BuiltinField, _ index: Int) -> ResultValue? {
    let node = view.nodes[index]
    let span = view.batch.spans[index]
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
    case .isLeaf: return .bool(node.childCount == 0)
    case .descendantCount: return .integer(Int64(node.subtreeSize) - 1)
    case .gapMS: return .double(node.selfTime.milliseconds)
    case .criticalMS:
      let own = view.criticalPath.lazy.filter { Int($0.node) == index }
      let count = own.reduce(Int64(0)) { $0 + Int64($1.end.sinceEpoch - $1.start.sinceEpoch) }
      return .double(Nanoseconds(count).milliseconds)
    case .traceDurationMS: return .double(view.duration.milliseconds)
    case .traceSpans: return .integer(Int64(view.nodes.count))
    case .traceErrors: return .integer(Int64(view.errorCount))
    case .invalidDuration: return node.marks.contains(.invalidDuration) ? .bool(true) : nil
    }
  }

  /// An empty text is missing: OTLP cannot tell the two apart.
  private func text(_ range: ByteRange) -> ResultValue? {
    range.isEmpty ? nil : .text(view.batch.text(range))
  }
}

extension TraceView {
  /// The first node that names no parent; nil when there is none. A node at which a circle of
  /// parents was cut names one.
  package var rootNode: Int? { batch.spans.firstIndex { $0.parentID == 0 } }
}
