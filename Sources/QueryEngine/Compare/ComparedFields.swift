import QueryLanguage
import Telemetry

/// Which fields are compared.
enum ComparedFields {
  /// Fields past these are left out, for a table of values as keys would be endless.
  static let limit = 1_000
  /// Fields that are also read from the root and from the parent.
  static let relatedCount = 20

  /// A span's own fields, each name once: ids and raw times say nothing of what spans have in common.
  ///
  /// - Parameter all: built-ins and attributes.
  static func own(_ all: [FieldRef]) -> [FieldRef] {
    var fields: [FieldRef] = []
    var known: Set<FieldRef> = []
    for field in all {
      var own = field
      if let builtin = BuiltinField(rawValue: field.name) {
        if field.scope == .automatic, isLeftOut(builtin) { continue }
        // What a built-in hides is found by its scope alone.
        if builtin == .serviceName, field.scope == .resource { continue }
      } else {
        own.scope = .automatic
      }
      if EventFields.has(own) { continue }
      if known.insert(own).inserted { fields.append(own) }
    }
    // What its exception lends a span is no attribute of it.
    let lent = ExceptionField.names.sorted().map { FieldRef($0) }.filter { !known.contains($0) }
    return Array(fields.prefix(limit)) + [.eventName] + lent
  }

  /// Ids and raw times, and figures of a trace's shape that the others imply.
  private static func isLeftOut(_ builtin: BuiltinField) -> Bool {
    switch builtin {
    case .startTime, .endTime, .traceID, .spanID, .parentID: true
    case .isLeaf, .descendantCount, .gapMS, .criticalMS, .traceDurationMS, .traceSpans,
      .traceErrors:
      true
    default: false
    }
  }

  /// `root.` and `parent.` of the commonest fields that may explain something.
  static func related(_ fields: [MergedField]) -> [FieldRef] {
    let own = fields.filter { merged in
      let field = merged.field
      return field.relation == .own && !EventFields.has(field)
        && (field.builtin == nil || field.builtin == .name || field.builtin == .serviceName)
    }
    let spans = own.map { $0.present.selection + $0.present.baseline }
    let commonest = own.indices.sorted { (spans[$1], $0) < (spans[$0], $1) }.prefix(relatedCount)
    return [FieldRef.Relation.root, .parent].flatMap { relation in
      commonest.map { FieldRef(own[$0].field.name, scope: own[$0].field.scope, of: relation) }
    }
  }
}
