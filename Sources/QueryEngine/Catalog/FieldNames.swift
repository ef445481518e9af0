import QueryLanguage
import SpanStore

/// The names of all attributes in the segments of a snapshot, kept up to date by what is new and
/// what is gone.
struct FieldNames {
  private var segments: [UInt64: [FieldRef]] = [:]
  /// In how many segments each is.
  private var counts: [FieldRef: Int] = [:]
  private var sorted: [FieldRef]?

  /// By name and scope.
  ///
  /// - Complexity: O(names of segments that came or went), O(*n* log *n*) in all names when these
  ///   have changed.
  mutating func all(_ snapshot: Snapshot) -> [FieldRef] {
    var gone = Set(segments.keys)
    for view in snapshot.views {
      if gone.remove(view.segment.id) == nil, segments[view.segment.id] == nil {
        add(view.segment)
      }
    }
    for id in gone { remove(id) }
    if let sorted { return sorted }
    let names = Self.sorted(counts.keys)
    sorted = names
    return names
  }

  static func sorted(_ fields: some Sequence<FieldRef>) -> [FieldRef] {
    fields.sorted {
      $0.name != $1.name ? $0.name < $1.name : $0.scope.order < $1.scope.order
    }
  }

  private mutating func add(_ segment: Segment) {
    var names: [FieldRef] = []
    for (own, scope) in [
      (Segment.AttributeScope.span, FieldScope.span), (.resource, .resource), (.scope, .scope),
    ] {
      for name in segment.attributeNames(own) { names.append(FieldRef(name, scope: scope)) }
    }
    segments[segment.id] = names
    for name in names {
      if counts.updateValue((counts[name] ?? 0) + 1, forKey: name) == nil { sorted = nil }
    }
  }

  private mutating func remove(_ id: UInt64) {
    for name in segments.removeValue(forKey: id) ?? [] {
      guard let count = counts[name] else { continue }
      counts[name] = count > 1 ? count - 1 : nil
      if count == 1 { sorted = nil }
    }
  }
}

extension FieldScope {
  /// Span, resource, scope.
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
