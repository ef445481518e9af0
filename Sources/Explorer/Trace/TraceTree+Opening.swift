extension TraceTree {
  /// What a trace opens with: level by level as far as the lines fit a page, then the next level from
  /// the top until the page is full.
  ///
  /// - Parameter page: lines shown.
  /// - Complexity: O(*n*) in the entries.
  func folds(filling page: Int, key: (Int) -> RowKey) -> FoldState {
    var folds = FoldState()
    let lines = rows(folds, key: key)
    guard lines.count > page else { return folds }
    var perLevel: [Int] = []
    var children: [Int32: Int] = [:]
    for line in lines {
      let entry = entries[Int(line.entry)]
      while perLevel.count <= Int(entry.depth) { perLevel.append(0) }
      perLevel[Int(entry.depth)] += 1
      if entry.parent >= 0 { children[entry.parent, default: 0] += 1 }
    }
    var level = 0
    var count = perLevel[0]
    while level + 1 < perLevel.count, count + perLevel[level + 1] <= page {
      level += 1
      count += perLevel[level]
    }
    folds.level = level
    for line in lines where Int(entries[Int(line.entry)].depth) == level && !line.isFolded {
      guard count < page, let below = children[line.entry] else { continue }
      count += below
      folds.open.insert(key(Int(line.entry)))
    }
    return folds
  }
}
