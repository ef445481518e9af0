import QueryLanguage
import SpanStore

/// Finds fields that divide the units in the same way, whatever they call the parts.
enum SamePartition {
  /// Fields with more values are not looked at: hardly two would divide alike.
  private static let valueLimit = 100_000

  /// For each field the index of the one it repeats; nil where it repeats none.
  ///
  /// Units without the field are a part of their own. Measures repeat nothing.
  static func originals(
    _ fields: [MergedField], _ differences: [FieldDifference], _ units: [SideUnits]
  ) async throws -> [Int?] {
    var groups: [[UInt64]: [Int]] = [:]
    for (index, field) in fields.enumerated()
    where !field.isMeasure && field.counts.count <= valueLimit {
      groups[shape(field, differences[index].missing), default: []].append(index)
    }
    let candidates = groups.values.filter { $0.count > 1 }.flatMap(\.self).sorted()
    let prints = try await prints(candidates.map { fields[$0] }, units)
    var originals = [Int?](repeating: nil, count: fields.count)
    for group in groups.values where group.count > 1 {
      let ranked = group.sorted { rank(fields[$0].field, $0) < rank(fields[$1].field, $1) }
      var known: [[UInt64]: Int] = [:]
      for index in ranked {
        guard let position = candidates.firstIndex(of: index), let print = prints[position] else {
          continue
        }
        if let original = known[print] {
          originals[index] = original
        } else {
          known[print] = index
        }
      }
    }
    return originals
  }

  /// How many units each part has on either side: equal partitions have equal ones.
  private static func shape(_ field: MergedField, _ missing: Sides) -> [UInt64] {
    let parts = field.counts + [UInt64(missing.selection) << 32 | UInt64(missing.baseline)]
    return parts.filter { $0 > 0 }.sorted()
  }

  /// What may explain something comes first, then what is nearest to the span.
  private static func rank(_ field: FieldRef, _ index: Int) -> (Int, Int, Int) {
    (field.isOutcome ? 1 : 0, field.relation == .own ? 0 : 1, index)
  }

  /// For each field the sums of the hashes of each part's units, sorted; nil where they are not known.
  private static func prints(
    _ fields: [MergedField], _ units: [SideUnits]
  ) async throws -> [[UInt64]?] {
    guard !fields.isEmpty else { return [] }
    let found = try await Parallel.map(units.count) { index in
      var reader = SegmentReader(units[index].view)
      return try fields.map { field -> (values: [UInt64], present: UInt64)? in
        try Cancellation.check()
        guard let part = field.parts[index] else { return ([], 0) }
        return try UnitMarks.hashes(field.field, part, units[index], &reader)
      }
    }
    var all: UInt64 = 0
    for own in units {
      let bits = own.units
      bits.selected.forEachSet { all &+= own.hash($0) }
      bits.baseline.forEachSet { all &+= own.hash($0) }
    }
    return fields.indices.map { position in
      var sums = [UInt64](repeating: 0, count: fields[position].counts.count)
      var missing = all
      for index in units.indices {
        guard let (values, present) = found[index][position] else { return nil }
        missing &-= present
        for (entry, sum) in values.enumerated() where entry > 0 {
          sums[Int(fields[position].numbers[index][entry])] &+= sum
        }
      }
      return (sums.dropFirst() + [missing]).filter { $0 != 0 }.sorted()
    }
  }
}
