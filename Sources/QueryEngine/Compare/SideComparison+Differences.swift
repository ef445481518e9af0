import QueryLanguage

extension SideComparison {
  /// How each field differs, in the order of the result.
  func differences() async throws -> [(merged: MergedField, difference: FieldDifference)] {
    let measures = try await measures()
    var found = try await Self.each(fields.count) { [fields, counts] index in
      Self.difference(fields[index], measures[index], counts)
    }
    for (index, adjusted) in FalseDiscovery.adjusted(found.map(\.pValue)).enumerated() {
      found[index].adjustedP = adjusted
    }
    let originals = try await SamePartition.originals(fields, found, units)
    for (index, original) in originals.enumerated() {
      found[index].sameAs = original.map { fields[$0].field }
    }
    let order = found.indices.filter { originals[$0] == nil }.sorted { a, b in
      if found[a].isMostlyUnique != found[b].isMostlyUnique { return found[b].isMostlyUnique }
      return (found[b].score, a) < (found[a].score, b)
    }
    return order.flatMap { index in
      [index] + originals.indices.filter { originals[$0] == index }
    }.map { (fields[$0], found[$0]) }
  }

  private static func difference(
    _ field: MergedField, _ measure: MeasureDifference?, _ whole: Sides
  ) -> FieldDifference {
    var result = FieldDifference(field.field, field.type)
    result.missing = whole - field.present
    result.measure = measure
    let canTell = whole.selection > 0 && whole.baseline > 0
    let numbers = field.listed
    let cells = numbers.map { Sides(packed: field.counts[Int($0)]) }
    let sizes = cells.map { abs($0.difference(of: whole)) }
    let totals = cells.map { $0.selection + $0.baseline }
    let shown = Array(0..<numbers.count).first(FieldDifference.valueLimit) { a, b in
      if sizes[a] != sizes[b] { return sizes[a] > sizes[b] }
      if totals[a] != totals[b] { return totals[a] > totals[b] }
      return field.order(numbers[a], numbers[b]) < 0
    }
    result.values = shown.map { .init(field.value(numbers[$0]), cells[$0]) }
    if shown.count < numbers.count {
      let all = cells.reduce(Sides(), +)
      result.rest = all - shown.reduce(Sides()) { $0 + cells[$1] }
    }
    guard canTell else { return result }
    if let measure {
      result.score = measure.distance
      result.pValue = KolmogorovSmirnov.probability(
        distance: measure.distance, measure.selectionCounts.reduce(0, +),
        measure.baselineCounts.reduce(0, +))
      return result
    }
    let present = field.present.selection + field.present.baseline
    result.isMostlyUnique = numbers.count * 10 > present * 9
    result.score = max(sizes.max() ?? 0, abs(result.missing.difference(of: whole)))
    result.pValue =
      field.hasSeveral
      ? probability(ofOneOf: cells + [result.missing], whole)
      : GTest.probability(cells + [result.missing])
    return result
  }

  /// Of values that may come together: the most uneven one against all units without it, times the
  /// number of values.
  private static func probability(ofOneOf cells: [Sides], _ whole: Sides) -> Double {
    let most = cells.max { abs($0.difference(of: whole)) < abs($1.difference(of: whole)) }
    guard let most else { return 1 }
    let values = cells.count { $0 != Sides() }
    return min(1, GTest.probability([most, whole - most]) * Double(values))
  }

  // MARK: Measures

  /// Of each field that is one.
  private func measures() async throws -> [MeasureDifference?] {
    let buckets = fields.map { $0.isMeasure ? $0.allBuckets : [] }
    let refinements = buckets.map { $0.isEmpty ? nil : MeasureRefinement($0) }
    let isExact = fields.map(\.hasOnlyIntegers)
    let taken = try await Parallel.map(units.count) { [units, fields] index in
      let own = units[index]
      var reader = SegmentReader(own.view)
      var weights: [FieldRef.Relation: RowWeights] = [:]
      var taken: [WantedNumbers] = []
      for (position, field) in fields.enumerated() {
        try Cancellation.check()
        var numbers = WantedNumbers()
        if let refinement = refinements[position], let part = field.parts[index],
          !part.buckets.isEmpty
        {
          let relation = own.unit == .spans ? field.field.relation : .own
          if relation != .own, weights[relation] == nil {
            weights[relation] = RowWeights(own, relation, .counts)
          }
          try numbers.take(
            field.field, own, &reader, relation == .own ? nil : weights[relation],
            refinement.isWanted, isExact: isExact[position])
        }
        taken.append(numbers)
      }
      return taken
    }
    return try await Self.each(fields.count) { [fields] position in
      guard let refinement = refinements[position] else { return nil }
      var all = fields[position].fewNumbers(refinement.isWanted, isExact: isExact[position])
      for part in taken { all.add(part[position]) }
      let kind = isExact[position] ? fields[position].integerKind : .double
      return refinement.measure(
        RadixSort.sorted(all.selection), RadixSort.sorted(all.baseline)
      ) { kind.double($0) }
    }
  }
}

/// Numbers of the buckets that are looked at one by one, as keys of their order.
struct WantedNumbers: Sendable {
  private(set) var selection: [Int64] = []
  private(set) var baseline: [Int64] = []

  /// - Parameter isExact: the keys are the integers themselves, otherwise those of doubles.
  mutating func take(
    _ field: FieldRef, _ units: SideUnits, _ reader: inout SegmentReader, _ rows: RowWeights?,
    _ isWanted: [Bool], isExact: Bool
  ) throws {
    let own = rows == nil ? field : FieldRef(field.name, scope: field.scope)
    guard let column = try reader.column(own), let numbers = WideNumbers(column) else { return }
    let kind = numbers.kind
    isWanted.withUnsafeBufferPointer { isWanted in
      numbers.forEach(units, rows) { key, weight, _ in
        if kind == .double, key == NumberTally.nanKey { return }
        guard isWanted[NumberBuckets.bucket(kind.double(key))] else { return }
        let wanted = isExact || kind == .double ? key : OrderedDouble.key(kind.double(key))
        add(wanted, weight)
      }
    }
  }

  @inline(__always)
  mutating func add(_ key: Int64, _ weight: UInt64) {
    switch weight {
    case SideUnits.selected: selection.append(key)
    case SideUnits.baseline: baseline.append(key)
    default:
      let counts = Sides(packed: weight)
      selection.append(contentsOf: repeatElement(key, count: counts.selection))
      baseline.append(contentsOf: repeatElement(key, count: counts.baseline))
    }
  }

  mutating func add(_ other: WantedNumbers) {
    selection += other.selection
    baseline += other.baseline
  }
}

extension MergedField {
  /// Whether all numbers are integers of one unit.
  var hasOnlyIntegers: Bool {
    numbersOfMeasure.allSatisfy { integer($0) != nil }
      && parts.allSatisfy { part in
        guard let part, !part.buckets.isEmpty else { return true }
        return part.kind == integerKind
      }
  }

  /// What its integers count.
  var integerKind: NumberKind {
    .integer(field.builtin?.isDuration ?? false ? .milliseconds : .plain)
  }

  /// Units of either side by nearness of their numbers.
  var allBuckets: [UInt64] {
    var all = [UInt64](repeating: 0, count: NumberBuckets.count)
    for part in parts {
      guard let part, !part.buckets.isEmpty else { continue }
      for bucket in all.indices { all[bucket] &+= part.buckets[bucket] }
    }
    for number in numbersOfMeasure {
      guard let value = self.number(number) else { continue }
      all[NumberBuckets.bucket(value)] &+= counts[Int(number)]
    }
    return all
  }

  /// The numbers of segments that have few different ones.
  func fewNumbers(_ isWanted: [Bool], isExact: Bool) -> WantedNumbers {
    var wanted = WantedNumbers()
    for number in numbersOfMeasure {
      guard let value = self.number(number), isWanted[NumberBuckets.bucket(value)] else { continue }
      let key = isExact ? integer(number) ?? 0 : OrderedDouble.key(value)
      wanted.add(key, counts[Int(number)])
    }
    return wanted
  }
}
