extension TraceModel {
  /// Folds what is open and opens what is folded.
  mutating func toggleFold(_ around: Surroundings) {
    guard let row = selectedRow else { return }
    let place = Int(row.entry)
    let key = key(place)
    if case .run = row.kind {
      folds.openRuns.insert(key)
    } else if row.isFolded {
      materializeLevel()
      folds.folded.remove(key)
    } else if tree.entries[place].size > 1 {
      folds.folded.insert(key)
    } else if let run = runHolding(place) {
      folds.openRuns.remove(self.key(run))
    }
    relayoutKeepingCursor(around)
  }

  /// Folds every span below the cursor's.
  mutating func foldSubtree(_ around: Surroundings) {
    guard let row = selectedRow else { return }
    let place = Int(row.entry)
    let below = place..<place + Int(tree.entries[place].size)
    let isOpen = below.contains { tree.entries[$0].size > 1 && !folds.folded.contains(key($0)) }
    for entry in below where tree.entries[entry].size > 1 {
      if isOpen, entry != place { folds.folded.insert(key(entry)) }
      if !isOpen { folds.folded.remove(key(entry)) }
    }
    relayoutKeepingCursor(around)
  }

  /// All folded to the first level, then the second, and so on, then open.
  mutating func foldLevel(_ around: Surroundings) -> [Wish] {
    let deepest = Int(tree.entries.map(\.depth).max() ?? 0)
    let next = (folds.level ?? 0) + 1
    folds.folded = []
    folds.level = next > deepest ? nil : next
    relayoutKeepingCursor(around)
    return [.notice(Notice(folds.level.map { "folded to level \($0)" } ?? "everything open"))]
  }

  mutating func unfoldAll(_ around: Surroundings) {
    folds = FoldState()
    folds.foldsRuns = false
    relayoutKeepingCursor(around)
  }

  mutating func toggleRuns(_ around: Surroundings) -> [Wish] {
    folds.foldsRuns.toggle()
    folds.openRuns = []
    relayoutKeepingCursor(around)
    return [
      .notice(Notice(folds.foldsRuns ? "runs of equal siblings folded" : "every sibling shown"))
    ]
  }

  /// Opens whatever hides an entry: folded ancestors, the level, runs around it.
  mutating func openAncestors(of entry: Int) {
    var place = entry
    var path: [Int] = []
    while place >= 0 {
      path.append(place)
      place = Int(tree.entries[place].parent)
    }
    if let level = folds.level, path.contains(where: { Int(tree.entries[$0].depth) > level }) {
      materializeLevel()
    }
    for ancestor in path.dropFirst() { folds.folded.remove(key(ancestor)) }
    guard folds.foldsRuns else { return }
    for place in path {
      if let run = runHolding(place) { folds.openRuns.insert(key(run)) }
    }
  }

  /// Turns the level into folds of single spans, so that one of them can be opened.
  private mutating func materializeLevel() {
    guard let level = folds.level else { return }
    folds.level = nil
    for (place, entry) in tree.entries.enumerated() where entry.size > 1 && entry.depth >= level {
      folds.folded.insert(key(place))
    }
  }

  /// The first entry of the run that an entry belongs to.
  private func runHolding(_ entry: Int) -> Int? {
    let parent = Int(tree.entries[entry].parent)
    guard parent >= 0 else { return nil }
    var child = parent + 1
    let end = parent + Int(tree.entries[parent].size)
    while child < end, child <= entry {
      let sibling = tree.entries[child]
      if sibling.runLength > 0 {
        if entry < Int(sibling.runEnd) { return child }
        child = Int(sibling.runEnd)
      } else {
        child += Int(sibling.size)
      }
    }
    return nil
  }
}
