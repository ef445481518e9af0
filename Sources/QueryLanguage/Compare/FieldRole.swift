import Telemetry

/// What a field's difference can say.
package enum FieldRole: Int, Comparable, Sendable {
  /// It may be why.
  case cause
  /// It says how the work went, or the selection names it: it differs because of what was selected.
  case outcome
  /// Ids and the like.
  case unique

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension CompareResult {
  /// What a field of the result can say.
  package func role(of field: FieldDifference) -> FieldRole {
    if field.isMostlyUnique { return .unique }
    if field.field.isOutcome || isNamed(field.field) || isCutShort(field) { return .outcome }
    // How deep a trace goes is how far it came.
    if request.unit == .traces, field.field.builtin == .depth { return .outcome }
    if let sameAs = field.sameAs, sameAs.isOutcome || isNamed(sameAs) { return .outcome }
    return .cause
  }

  /// The fields in the order in which a person reads them: what may be the cause, then what came of
  /// it, then ids; each by score.
  package var ranked: [FieldDifference] {
    let roles = fields.map { role(of: $0) }
    return fields.indices.sorted { (roles[$0], $0) < (roles[$1], $1) }.map { fields[$0] }
  }

  private func isNamed(_ field: FieldRef) -> Bool {
    var named = request.selection.filter?.fields ?? []
    if case .choice(let choice) = request.baseline {
      // What both sides ask for tells them apart by nothing.
      let other = choice.filter?.fields ?? []
      named.removeAll { other.contains($0) }
    }
    return named.contains { $0.name == field.name }
  }

  /// Whether selected traces merely lack something: one that fails ends early.
  private func isCutShort(_ field: FieldDifference) -> Bool {
    guard request.unit == .traces, field.measure == nil else { return false }
    let (value, leading) = field.leading(of: counts)
    let size = leading.difference(of: counts)
    guard value == .missing ? size > 0 : size < 0 else { return false }
    let rise = field.values.map { $0.counts.difference(of: counts) }.max() ?? 0
    return rise < abs(size) / 2
  }
}

extension FieldRef {
  /// Whether it says how a piece of work ended: its status, its errors, its time.
  package var isOutcome: Bool {
    switch builtin {
    case .durationMS, .selfMS, .statusCode, .statusMessage, .error, .childCount, .numEvents,
      .invalidDuration, .isLeaf, .descendantCount, .gapMS, .criticalMS, .traceDurationMS,
      .traceSpans, .traceErrors:
      return true
    case nil: break
    default: return false
    }
    return ["exception.", "error.", "http.response.", "event."].contains { name.hasPrefix($0) }
      || name.hasSuffix("status_code") || name.hasSuffix("status_text")
      || ["error", "event", "otel.status_description"].contains(name)
  }
}
