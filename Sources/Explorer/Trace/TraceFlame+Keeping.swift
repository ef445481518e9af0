extension TraceFlame {
  /// Selection and zoom stay on their frames while the trace grows: frames are found again by the
  /// path of names that leads to them.
  mutating func keep(_ before: TraceFlame) {
    selected = find(before.path(before.selected)) ?? 0
    zoomed = before.zoomed >= 0 ? find(before.path(before.zoomed)) ?? -1 : -1
  }

  private func path(_ frame: Int) -> [[Int32]] {
    path(to: frame).map { [frames[$0].service, frames[$0].name] }
  }

  private func find(_ path: [[Int32]]) -> Int? {
    var index: Int?
    for (depth, names) in path.enumerated() {
      guard levels.indices.contains(depth),
        let next = levels[depth].first(where: { frame in
          let candidate = frames[Int(frame)]
          return candidate.parent == Int32(index ?? -1)
            && [candidate.service, candidate.name] == names
        })
      else { return nil }
      index = Int(next)
    }
    return index
  }
}
