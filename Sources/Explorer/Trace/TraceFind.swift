import Telemetry
package import QueryLanguage

/// A search in a trace.
package struct TraceFind: Sendable {
  /// Being typed; nil when it is not.
  package var input: FindInput?
  /// What is looked for.
  package var text = ""
  /// What the matches are when they come from elsewhere: a group of the statistics, a note.
  package var label: String?
  /// Nodes, ascending.
  package var matches: [Int32] = []
  /// What they are; empty when they are all of one kind.
  package internal(set) var kinds: [MatchKind] = []
  /// Only matches and their ancestors are shown.
  package var isMatchesOnly = false
  /// What is meant by the text, in words; empty where that goes without saying.
  package internal(set) var meaning = ""
  /// Why a WHERE expression could not be asked.
  package var error: QueryError?
  /// Folds, rows below the level and runs that going through the matches has opened: they close again with the search.
  var opened: Set<RowKey> = []
  var openedBelowLevel: Set<RowKey> = []
  var openedRuns: Set<RowKey> = []

  package init() {}

  /// A text is going to be typed, the one before at first.
  mutating func begin() {
    input = FindInput(text)
    error = nil
  }

  /// Whether nothing is searched for; a search without a match is one all the same.
  package var isEmpty: Bool { text.isEmpty && label == nil }

  /// What is to be marked where it stands: the phrase, or the value of `k=v`.
  package internal(set) var wanted = ""

  /// Whether a node is a match.
  package func isMatch(_ node: Int) -> Bool { index(of: node) != nil }

  /// Which match a node is, from 1; nil when it is none.
  package func index(of node: Int) -> Int? {
    var low = 0
    var high = matches.count
    while low < high {
      let middle = (low + high) / 2
      if matches[middle] < node { low = middle + 1 } else { high = middle }
    }
    return low < matches.count && matches[low] == node ? low + 1 : nil
  }
}

extension WaterfallTab {
  /// Looks for the text; a WHERE expression is asked of the engine.
  mutating func search(_ context: Context) -> [Intent] {
    (find.error, find.meaning, find.wanted) = (nil, "", "")
    guard let view, !find.text.isEmpty else {
      (find.matches, find.kinds) = ([], [])
      return []
    }
    do {
      switch try Self.meaning(of: find.text, context.catalog) {
      case .condition(let filter):
        find.meaning = FindText.condition(filter).label
        return ask(filter, of: view)
      case .phrase(let phrase):
        find.matches = TraceSearch(phrase, in: view).matches()
        find.meaning = phrase.contains("=") ? "" : "in any field"
        find.wanted = phrase.split(separator: "=", maxSplits: 1).last.map(String.init) ?? ""
      case .nothing: find.matches = []
      }
    } catch {
      // Half a condition is on its way to be one.
      if find.input == nil { find.error = error }
      find.matches = []
    }
    find.count(view)
    return []
  }

  private func ask(_ filter: Filter, of view: TraceView) -> [Intent] {
    let own = Filter.compare(.traceID, .equal, .text(view.id.description))
    var query = Query(filter: .and([own, filter]))
    query.limit = max(1, view.nodes.count)
    query.time = .all
    return [.ask(TraceModel.findSlot, .query(query, RunOptions(rawFields: [.spanID])))]
  }

  /// `k=v` without blanks is an attribute that contains the value, unless `k` can only be a field of
  /// the language: a built-in, or one with its scope or its span in front.
  private static func meaning(
    of text: String, _ catalog: FieldCatalog
  ) throws(QueryError) -> FindText {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !text.contains(" = "), let last = sides[0].last,
      !"!<>".contains(last), !sides[0].contains(where: \.isWhitespace),
      let field = try? QueryText.parseField(String(sides[0]))
    else { return try FindText(text, catalog) }
    let isPlain = field.builtin == nil && field.scope == .automatic && field.relation == .own
    guard !isPlain || sides[1].contains(where: { "=<>".contains($0) }) && text.contains(" ") else {
      return .phrase(text)
    }
    if let filter = try? QueryText.parseFilter("\(sides[0]) = \(sides[1])") {
      return .condition(filter)
    }
    return .condition(.compare(field, .equal, .text(String(sides[1]))))
  }

  mutating func receive(found result: QueryResult, _ context: Context) {
    guard let view else { return }
    let found = Set(result.spans.map(\.span))
    find.matches = view.nodes.indices.filter { found.contains(view.nodes[$0].spanID) }
      .map(Int32.init)
    find.count(view)
    jumpToFirstMatch(context)
  }

  /// After a search the cursor goes to the first match from where it is.
  mutating func jumpToFirstMatch(_ context: Context) {
    guard !find.matches.isEmpty else { return relayoutKeepingCursor(context) }
    let here = Int32(selectedNode ?? 0)
    let next = find.matches.first { $0 >= here } ?? find.matches[0]
    revealMatch(Int(next), context)
  }

  private mutating func revealMatch(_ node: Int, _ context: Context) {
    let before = folds
    reveal(node: node, context)
    find.opened.formUnion(before.folded.subtracting(folds.folded))
    find.openedBelowLevel.formUnion(folds.open.subtracting(before.open))
    find.openedRuns.formUnion(folds.openRuns.subtracting(before.openRuns))
  }

  /// Ends the search; what it opened closes, but for what holds the cursor.
  mutating func endSearch(_ context: Context) {
    let index = selectedRow.map { Int($0.entry) }
    folds.folded.formUnion(find.opened)
    folds.open.subtract(find.openedBelowLevel)
    folds.openRuns.subtract(find.openedRuns)
    find = TraceFind()
    if let index { openAncestors(of: index) }
    relayoutKeepingCursor(context)
  }

  mutating func nextMatch(_ step: Int, _ context: Context) -> [Intent] {
    guard !find.matches.isEmpty else {
      let news = find.isEmpty ? "/ searches in every field" : "no match for \(find.text)"
      return [.notice(Notice(news))]
    }
    revealMatch(target(among: find.matches, step), context)
    return []
  }

  mutating func toggleMatchesOnly(_ context: Context) -> [Intent] {
    if find.isEmpty { return [.notice(Notice("no search yet: / begins one"))] }
    find.isMatchesOnly.toggle()
    relayoutKeepingCursor(context)
    return []
  }

  mutating func nextError(_ step: Int, _ context: Context) -> [Intent] {
    guard view != nil else { return [] }
    guard !index.errors.isEmpty else {
      return [.notice(Notice("no span of this trace has an error"))]
    }
    reveal(node: target(among: index.errors, step), context)
    return []
  }

  /// The next of `nodes` from the cursor, around the end.
  private func target(among nodes: [Int32], _ step: Int) -> Int {
    let here = selectedRow.map { max(0, tree.entries[Int($0.entry)].node) } ?? 0
    // Bisection: a trace may have as many errors as spans.
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if step > 0 ? nodes[middle] <= here : nodes[middle] < here {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return Int(step > 0 ? nodes[low % nodes.count] : nodes[(low + nodes.count - 1) % nodes.count])
  }
}
