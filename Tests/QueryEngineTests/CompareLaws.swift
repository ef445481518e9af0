import Foundation
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

@Suite struct CompareLaws {
  @Test(
    "Comparisons of random spans are those of a slow and obvious count",
    arguments: [false, true])
  func random(byTrace: Bool) async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    var (ran, pairs, measures, folded) = (0, 0, 0, 0)
    for round in 0..<60 {
      var source = RandomSpans(seed: random.next())
      let spans = source.next(limit: round % 3 == 0 ? 160 : 50)
      let isInParts = round % 4 == 3
      let store = DifferentialLaws.store(spans, &random, isInParts: isInParts)
      let backend = LocalBackend { store.snapshot() }
      var queries = RandomQueries(seed: random.next())
      for _ in 0..<3 {
        let request = Self.request(&queries, &random, byTrace: byTrace)
        if isInParts, Self.needsWholeTraces(request) { continue }
        let name = "seed \(seed), round \(round): \(request.selection.text) | \(request.baseline)"
        let result: CompareResult
        do { result = try await backend.compare(request) } catch is QueryError { continue }
        let plain = Self.plain(request, spans, byTrace: byTrace)
        ran += 1
        pairs += result.pairs.count
        measures += result.fields.count { $0.measure != nil }
        folded += result.fields.count { $0.sameAs != nil }
        CompareCheck(result, plain, name, knowsWhole: byTrace || !isInParts).run(spans)
      }
    }
    #expect(ran >= 60, "seed \(seed)")
    #expect(pairs > 0 && measures > 0 && folded > 0, "seed \(seed)")
  }

  private static let base = RandomSpans.base

  private static func request(
    _ queries: inout RandomQueries, _ random: inout SeededGenerator, byTrace: Bool
  ) -> CompareRequest {
    func choice() -> SpanChoice {
      var choice = SpanChoice(filter: queries.next().filter)
      if Int.random(in: 0..<3, using: &random) == 0 {
        let from = base + UInt64.random(in: 0..<1_000_000_000, using: &random)
        choice.time = .range(
          from: .instant(UnixNanos(from)), to: .instant(UnixNanos(from + 800_000_000)))
      }
      return choice
    }
    var request = CompareRequest(choice(), by: byTrace ? .traces : .spans)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: request.baseline = .choice(choice())
    case 1: request.baseline = .alike
    case 2 where request.selection.time != nil: request.baseline = .before
    default: break
    }
    return request
  }

  /// What a part of a trace knows of itself alone.
  private static func needsWholeTraces(_ request: CompareRequest) -> Bool {
    var filters = [request.selection.filter]
    if case .choice(let choice) = request.baseline { filters.append(choice.filter) }
    if case .alike = request.baseline, request.unit == .traces { return true }
    return request.unit == .spans
      && filters.compactMap(\.self).contains { filter in
        DifferentialLaws.needsWholeTraces(Query(filter: filter))
      }
  }

  private static func plain(
    _ request: CompareRequest, _ spans: [PlainSpan], byTrace: Bool
  ) -> PlainComparison {
    func range(_ time: TimeClause?) -> Range<UInt64>? {
      guard case .range(.instant(let from), .instant(let to))? = time else { return nil }
      return from.sinceEpoch..<to.sinceEpoch
    }
    func takes(_ span: PlainSpan, _ filter: Filter?, _ range: Range<UInt64>?) -> Bool {
      (range?.contains(span.start) ?? true) && (filter.map(span.passes) ?? true)
    }
    let own = range(request.selection.time)
    let isSelected = { (span: PlainSpan) in takes(span, request.selection.filter, own) }
    let isBaseline: (PlainSpan) -> Bool
    switch request.baseline {
    case .others: isBaseline = { takes($0, nil, own) }
    case .choice(let choice):
      isBaseline = { takes($0, choice.filter, choice.time == nil ? own : range(choice.time)) }
    case .before:
      let before = own.map { $0.lowerBound - UInt64($0.count)..<$0.lowerBound }
      isBaseline = { takes($0, request.selection.filter, before) }
    case .alike:
      let names = spans.filter(isSelected).compactMap { byTrace ? $0.root?.name : $0.name }
      isBaseline = { span in
        let name = byTrace ? span.root?.name : span.name
        return takes(span, nil, own) && (names.isEmpty || name.map(names.contains) ?? false)
      }
    }
    return PlainComparison(
      spans, byTrace: byTrace, isSelected: isSelected, isBaseline: isBaseline)
  }
}

/// Holds a comparison against the reference.
struct CompareCheck {
  private let result: CompareResult
  private let plain: PlainComparison
  private let name: String
  /// Whether root, parent and depth are those of whole traces.
  private let knowsWhole: Bool
  private let whole: Sides

  init(_ result: CompareResult, _ plain: PlainComparison, _ name: String, knowsWhole: Bool) {
    (self.result, self.plain, self.name, self.knowsWhole) = (result, plain, name, knowsWhole)
    whole = Sides(plain.selected.count, plain.baseline.count)
  }

  func run(_ spans: [PlainSpan]) {
    #expect(result.counts == whole, "\(name)")
    guard result.counts == whole else { return }
    let fields = result.fields.filter { knowsWhole || !$0.field.needsWhole }
    for field in fields { check(field) }
    checkOrder()
    if knowsWhole { checkSame() }
    if knowsWhole { for pair in result.pairs { check(pair) } }
    for field in ["name", "text", "int", "dbl", "mixed", "array", "event.name", "only.resource"] {
      let isThere = plain.answer(FieldRef(field)).values.isEmpty
      #expect(
        isThere == !result.fields.contains { $0.field == FieldRef(field) }, "\(name): \(field)")
    }
  }

  private func check(_ field: FieldDifference) {
    let text = "\(name): \(QueryText.print(field.field))"
    let answer = plain.answer(field.field)
    #expect(field.missing == answer.missing, "\(text)")
    #expect((field.measure != nil) == answer.isMeasure, "\(text)")
    let listed = answer.values.filter { !answer.isMeasure || $0.value.value.number == nil }
    let sizes = listed.mapValues { abs($0.counts.difference(of: whole)) }
    #expect(field.values.count == min(40, listed.count), "\(text)")
    var shown: Set<String> = []
    for entry in field.values {
      guard let key = listed.first(where: { Self.isSame($0.value.value, entry.value) })?.key else {
        Issue.record("\(text): \(entry.value) is not there")
        continue
      }
      shown.insert(key)
      #expect(entry.counts == listed[key]?.counts, "\(text) = \(entry.value)")
    }
    let hidden = sizes.filter { !shown.contains($0.key) }.values.max() ?? 0
    let least = shown.compactMap { sizes[$0] }.min() ?? 1
    #expect(hidden <= least + 1e-12, "\(text)")
    let rest = listed.filter { !shown.contains($0.key) }.values.reduce(Sides()) { $0 + $1.counts }
    #expect((field.rest ?? Sides()) == rest, "\(text)")
    guard whole.selection > 0, whole.baseline > 0 else { return }
    if let measure = field.measure {
      check(measure, field, answer, text)
    } else {
      let missing = abs(answer.missing.difference(of: whole))
      close(field.score, max(sizes.values.max() ?? 0, missing), text)
      let present = (plain.selected + plain.baseline).count {
        !plain.values($0, field.field).isEmpty
      }
      #expect(field.isMostlyUnique == (Double(listed.count) > 0.9 * Double(present)), "\(text)")
      checkChance(field, answer, text)
    }
  }

  private func checkChance(
    _ field: FieldDifference, _ answer: PlainComparison.Answer, _ text: String
  ) {
    let cells = answer.values.values.map(\.counts) + [answer.missing]
    if answer.labels.allSatisfy({ $0.count <= 1 }) {
      let chances = PlainStatistics.table(cells)
      #expect(chances.contains { abs($0 - field.pValue) < 1e-9 }, "\(text): \(field.pValue)")
      let sum = field.values.reduce(field.missing + (field.rest ?? Sides())) { $0 + $1.counts }
      #expect(sum == whole, "\(text)")
    } else {
      let filled = cells.filter { $0 != Sides() }
      let sizes = filled.map { abs($0.difference(of: whole)) }
      let best = zip(filled, sizes).filter { $1 >= (sizes.max() ?? 0) - 1e-12 }
      let chances = best.flatMap { cell, _ in
        PlainStatistics.table([cell, whole - cell]).map { $0 * Double(filled.count) }
      }
      #expect(chances.contains { abs(min(1, $0) - field.pValue) < 1e-9 }, "\(text)")
    }
  }

  private func check(
    _ measure: MeasureDifference, _ field: FieldDifference, _ answer: PlainComparison.Answer,
    _ text: String
  ) {
    let (a, b) = answer.numbers
    close(measure.distance, PlainStatistics.distance(a, b), text)
    close(field.score, measure.distance, text)
    close(field.pValue, PlainStatistics.kolmogorov(measure.distance, a.count, b.count), text)
    #expect(measure.selectionP50 == PlainStatistics.median(a), "\(text)")
    #expect(measure.baselineP50 == PlainStatistics.median(b), "\(text)")
    #expect(zip(measure.edges, measure.edges.dropFirst()).allSatisfy { $0 < $1 }, "\(text)")
    for (values, counts) in [(a, measure.selectionCounts), (b, measure.baselineCounts)] {
      let expected = counts.indices.map { bin in
        values.count { value in
          let number = value.number ?? 0
          return measure.edges[bin] <= number
            && (bin == counts.count - 1
              ? number <= measure.edges[bin + 1] : number < measure.edges[bin + 1])
        }
      }
      #expect(counts == expected, "\(text): \(measure.edges)")
    }
  }

  private func checkOrder() {
    let originals = result.fields.filter { $0.sameAs == nil }
    for (a, b) in zip(originals, originals.dropFirst()) {
      if a.isMostlyUnique == b.isMostlyUnique {
        #expect(a.score >= b.score, "\(name)")
      } else {
        #expect(b.isMostlyUnique, "\(name)")
      }
    }
    guard whole.selection > 0, whole.baseline > 0 else { return }
    let all = result.fields.map(\.pValue)
    for field in result.fields {
      close(field.adjustedP, PlainStatistics.adjusted(all, field.pValue), "\(name): \(field.field)")
    }
  }

  /// Fields of which no two divide the units alike but those that say so.
  private func checkSame() {
    var known: [[[Int]]: [FieldRef]] = [:]
    for field in result.fields where field.measure == nil {
      let labels = plain.answer(field.field).labels
      var parts: [String: [Int]] = [:]
      for (unit, values) in labels.enumerated() {
        for value in values.isEmpty ? ["none"] : values { parts[value, default: []].append(unit) }
      }
      let partition = parts.values.sorted { $0.lexicographicallyPrecedes($1) }
      if let sameAs = field.sameAs {
        #expect(known[partition]?.first == sameAs, "\(name): \(field.field) as \(sameAs)")
      } else {
        #expect(known[partition] == nil, "\(name): \(field.field) as \(known[partition] ?? [])")
        known[partition] = [field.field]
      }
    }
  }

  private func check(_ pair: PairDifference) {
    let answers = pair.fields.map { plain.answer($0) }
    let keys = zip(answers, pair.values).map { answer, value in
      answer.values.first { Self.isSame($0.value.value, value) }?.key ?? "?"
    }
    let text = "\(name): \(pair.fields) \(pair.values)"
    let counts = plain.both(pair.fields, keys)
    #expect(pair.counts == counts, "\(text)")
    close(pair.score, abs(counts.difference(of: whole)), text)
    for place in 0..<2 {
      let alone = answers[place].values[keys[place]]?.counts ?? Sides()
      #expect(pair.aloneCounts[place] == alone, "\(text)")
      close(pair.alone[place], abs(alone.difference(of: whole)), text)
    }
  }

  private static func isSame(_ plain: PlainValue, _ value: ResultValue) -> Bool {
    switch (plain.result, value) {
    case (.integer(let a), .double(let b)), (.double(let b), .integer(let a)):
      Int64(exactly: b) == a
    case (.double(let a), .double(let b)): a == b || a.isNaN && b.isNaN
    case (.text(let a), .text(let b)), (.json(let a), .json(let b)):
      a.utf8.elementsEqual(b.utf8)
    default: plain.result == value
    }
  }

  private func close(_ found: Double, _ expected: Double, _ text: String) {
    #expect(
      abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(text): \(found) for \(expected)")
  }
}

extension FieldRef {
  fileprivate var needsWhole: Bool {
    relation != .own || [.selfMS, .depth, .childCount].contains(builtin)
  }
}
