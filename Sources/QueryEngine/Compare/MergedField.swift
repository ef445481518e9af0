import QueryLanguage

/// A field's values in all segments, with the units of either side.
struct MergedField: Sendable {
  let field: FieldRef
  let parts: [FieldPart?]
  private let interner: ValueInterner
  /// For each segment the number of each value of its part.
  let numbers: [[UInt32]]
  /// For each number the units that have it, as ``SideUnits`` packs them.
  let counts: [UInt64]
  /// Units that have the field.
  let present: Sides
  let type: FieldType
  /// The different values that are numbers, where they are few enough to be told apart.
  let numbersOfMeasure: [UInt32]
  let isMeasure: Bool

  /// Nil when no unit has the field.
  init?(_ field: FieldRef, _ parts: [FieldPart?]) async throws {
    (self.field, self.parts) = (field, parts)
    let own = parts.compactMap(\.self)
    guard !own.isEmpty else { return nil }
    present = Sides(packed: own.reduce(0) { $0 &+ $1.present })
    let types = Set(own.map(\.type))
    type = field.builtin?.type ?? (types.count > 1 ? .mixed : own[0].type)
    var interner = ValueInterner()
    numbers = try await interner.numbers(ofAll: parts.map { $0?.values ?? ValueList() })
    var counts = [UInt64](repeating: 0, count: interner.limit)
    for (part, numbers) in zip(parts, numbers) {
      guard let part else { continue }
      for (index, number) in numbers.enumerated() where index > 0 {
        counts[Int(number)] &+= part.counts[index]
      }
    }
    self.counts = counts
    self.interner = interner
    let hasBuckets = own.contains { !$0.buckets.isEmpty }
    var measured: [UInt32] = []
    if hasBuckets || own.contains(where: { $0.values.hasNumbers }) {
      for number in 1..<max(1, UInt32(interner.limit)) {
        let (values, index) = interner.location(number)
        if values.isNumber(index) { measured.append(number) }
      }
    }
    isMeasure = hasBuckets || measured.count > FieldDifference.measureLimit
    numbersOfMeasure = measured
  }

  func value(_ number: UInt32) -> ResultValue {
    let (values, index) = interner.location(number)
    return values.result(index)
  }

  func number(_ number: UInt32) -> Double? { value(number).number }

  /// An integer's bits; nil for other values.
  func integer(_ number: UInt32) -> Int64? {
    let (values, index) = interner.location(number)
    return values.integerBits(index)
  }

  /// Whether a unit may have several values.
  var hasSeveral: Bool {
    let sum = Sides(packed: counts.reduce(0, &+))
    return sum.selection > present.selection || sum.baseline > present.baseline
  }

  func order(_ a: UInt32, _ b: UInt32) -> Int { interner.order(a, b) }

  /// The different values that are no numbers of a measure.
  var listed: [UInt32] {
    let all = (1..<max(1, UInt32(counts.count)))
    guard isMeasure else { return Array(all) }
    let measured = Set(numbersOfMeasure)
    return all.filter { !measured.contains($0) }
  }
}

extension ValueList {
  var hasNumbers: Bool { has(.integer) || has(.double) || has(.milliseconds) }

  /// Whether a value is a number; NaN is none.
  func isNumber(_ index: Int) -> Bool {
    switch Kind(rawValue: kinds[index]) {
    case .integer, .milliseconds: true
    case .double: !Double(bitPattern: bits[index]).isNaN
    default: false
    }
  }

  func integerBits(_ index: Int) -> Int64? {
    switch Kind(rawValue: kinds[index]) {
    case .integer, .milliseconds: Int64(bitPattern: bits[index])
    default: nil
    }
  }
}
