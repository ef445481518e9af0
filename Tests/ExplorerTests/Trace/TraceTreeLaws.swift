import Explorer
import QueryLanguage
import Telemetry
import TestSupport
import Testing
import TraceSupport

@Suite struct TraceTreeLaws {
  @Test("every span has one entry, below its parent, siblings by start", arguments: 1...120)
  func structure(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    let tree = TraceTree(view)
    let nodes = tree.entries.filter { $0.node >= 0 }.map { Int($0.node) }
    #expect(nodes.sorted() == Array(view.nodes.indices), "each span once, seed \(seed)")
    #expect(tree.entries.count - nodes.count == view.missingParents, "seed \(seed)")
    for (index, entry) in tree.entries.enumerated() {
      #expect(index + Int(entry.size) <= tree.entries.count)
      let children = tree.entries.indices.filter { Int(tree.entries[$0].parent) == index }
      #expect(children.count == Int(entry.childCount), "seed \(seed)")
      #expect(children.allSatisfy { tree.entries[$0].depth == entry.depth + 1 })
      #expect(1 + children.reduce(0) { $0 + Int(tree.entries[$1].size) } == Int(entry.size))
      #expect(children.last.map { tree.entries[$0].isLastChild } ?? true)
      let starts = children.compactMap { child -> UnixNanos? in
        let node = tree.entries[child].node
        return node >= 0 ? view.nodes[Int(node)].start : nil
      }
      #expect(starts == starts.sorted(), "seed \(seed)")
      guard entry.node >= 0 else { continue }
      #expect(Int(tree.entryOfNode[Int(entry.node)]) == index)
      let parent = view.nodes[Int(entry.node)].parent
      if parent >= 0 { #expect(tree.entries[Int(entry.parent)].node == parent) }
      if parent == -2 { #expect(tree.entries[Int(entry.parent)].node == -1) }
      if parent == -1 { #expect(entry.parent == -1) }
    }
  }

  @Test("open rows are all entries; folded rows hide exactly what lies below", arguments: 1...120)
  func rows(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    var choice = SeededGenerator(seed: seed)
    let view = random.next()
    let tree = TraceTree(view)
    let key = { (entry: Int) in RowKey.span(SpanID(UInt64(entry) + 1), occurrence: 0) }
    var folds = FoldState()
    folds.foldsRuns = false
    #expect(
      tree.rows(folds, key: key).map { Int($0.entry) } == Array(tree.entries.indices),
      "seed \(seed)")
    let folded = tree.entries.indices.filter { _ in Bool.random(using: &choice) }
    folds.folded = Set(folded.map(key))
    // Slow: an entry shows when none of its ancestors is folded.
    let expected = tree.entries.indices.filter { entry in
      var parent = Int(tree.entries[entry].parent)
      while parent >= 0 {
        if folded.contains(parent) { return false }
        parent = Int(tree.entries[parent].parent)
      }
      return true
    }
    #expect(tree.rows(folds, key: key).map { Int($0.entry) } == expected, "seed \(seed)")
  }

  @Test("folded runs and what is shown are all spans", arguments: 1...80)
  func runs(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    let tree = TraceTree(view)
    var covered: [Int] = []
    for row in tree.rows(FoldState(), key: { .span(SpanID(UInt64($0)), occurrence: 0) }) {
      let entry = Int(row.entry)
      guard case .run(let count) = row.kind else {
        covered.append(entry)
        continue
      }
      let members = tree.runMembers(entry)
      #expect(members.count == count && count >= TraceTree.runMinimum)
      let names = Set(members.map { view.nodes[Int(tree.entries[$0].node)].name })
      #expect(names.count == 1, "seed \(seed)")
      covered += Array(entry..<Int(tree.entries[entry].runEnd))
    }
    #expect(covered == Array(tree.entries.indices), "seed \(seed)")
  }

  @Test("a narrowed trace shows what is chosen with its ancestors, in order", arguments: 1...80)
  func narrowed(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    var choice = SeededGenerator(seed: seed)
    let tree = TraceTree(random.next())
    let chosen = tree.entries.map { _ in Int.random(in: 0..<4, using: &choice) == 0 }
    let rows = tree.rows(
      FoldState(), key: { .span(SpanID(UInt64($0)), occurrence: 0) },
      keep: tree.withAncestors(chosen), isMatch: chosen)
    let expected = tree.entries.indices.filter { entry in
      (entry..<entry + Int(tree.entries[entry].size)).contains { chosen[$0] }
    }
    #expect(rows.map { Int($0.entry) } == expected, "seed \(seed)")
    #expect(rows.allSatisfy { $0.isDimmed != chosen[Int($0.entry)] })
  }

  @Test("a chain of 100,000 spans is no deeper than a loop")
  func chain() {
    var trace = TraceBuilder()
    for depth in 1...100_000 {
      trace.span(UInt64(depth), in: UInt64(depth - 1), "deep", 0, 1)
    }
    let view = trace.view
    let tree = TraceTree(view)
    #expect(tree.entries.count == 100_000)
    #expect(TraceIndex(view, tree).deepest == 99_999)
  }
}
