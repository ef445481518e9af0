extension WaterfallTab {
  /// Folds what is open and opens what is folded.
  mutating func toggleFold(_ context: Context) -> [Intent] {
    guard let row = selectedRow else { return [] }
    let index = Int(row.entry)
    let key = key(index)
    if case .run = row.kind {
      folds.openRuns.insert(key)
    } else if row.isFolded {
      folds.unfold(key, depth: Int(tree.entries[index].depth))
    } else if tree.entries[index].size > 1 {
      folds.fold(key, depth: Int(tree.entries[index].depth))
    } else if let run = runHolding(index) {
      folds.openRuns.remove(self.key(run))
    } else {
      return Self.nothingBelow
    }
    relayoutKeepingCursor(context)
    return []
  }

  private static let nothingBelow: [Intent] = [.notice(Notice("nothing below this span to fold"))]

  /// Folds every span below the cursor's.
  mutating func foldSubtree(_ context: Context) -> [Intent] {
    guard let row = selectedRow else { return [] }
    let index = Int(row.entry)
    let below = index..<index + Int(tree.entries[index].size)
    let parents = below.filter { tree.entries[$0].size > 1 }
    if parents.isEmpty { return Self.nothingBelow }
    let isOpen = parents.contains { entry in
      entry != index && !folds.hides(depth: Int(tree.entries[entry].depth)) { key(entry) }
    }
    for entry in parents {
      let depth = Int(tree.entries[entry].depth)
      if isOpen, entry != index {
        folds.fold(key(entry), depth: depth)
      } else {
        folds.unfold(key(entry), depth: depth)
      }
    }
    relayoutKeepingCursor(context)
    return []
  }

  /// All folded to the first level, then the second, and so on, then open.
  mutating func foldLevel(_ context: Context) -> [Intent] {
    let deepest = Int(tree.entries.map(\.depth).max() ?? 0)
    let next = (folds.level ?? 0) + 1
    (folds.folded, folds.open) = ([], [])
    folds.level = next > deepest ? nil : next
    relayoutKeepingCursor(context)
    return [.notice(Notice(folds.level.map { "folded to level \($0)" } ?? "everything open"))]
  }

  mutating func unfoldAll(_ context: Context) {
    folds = FoldState()
    folds.foldsRuns = false
    relayoutKeepingCursor(context)
  }

  mutating func toggleRuns(_ context: Context) -> [Intent] {
    folds.foldsRuns.toggle()
    folds.openRuns = []
    relayoutKeepingCursor(context)
    return [
      .notice(Notice(folds.foldsRuns ? "runs of equal siblings folded" : "every sibling shown"))
    ]
  }

  /// Opens whatever hides an entry: folded ancestors, the level, runs around it.
  mutating func openAncestors(of entry: Int) {
    var index = entry
    var path: [Int] = []
    while index >= 0 {
      path.append(index)
      index = Int(tree.entries[index].parent)
    }
    for ancestor in path.dropFirst() {
      folds.unfold(key(ancestor), depth: Int(tree.entries[ancestor].depth))
    }
    guard folds.foldsRuns else { return }
    for index in path {
      if let run = runHolding(index) { folds.openRuns.insert(key(run)) }
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
