extension TraceFlame {
  /// Selection and zoom stay on their frames while the trace grows: frames are found again by the
  /// path of names that leads to them.
  mutating func keep(_ before: TraceFlame) {
    selected = find(before.path(before.selected)) ?? 0
    zoomed = before.zoomed >= 0 ? find(before.path(before.zoomed)) ?? -1 : -1
  }

  private func path(_ frame: Int) -> [[Int32]] {
    var path: [[Int32]] = []
    var place = frame
    while frames.indices.contains(place) {
      path.append([frames[place].service, frames[place].name])
      place = Int(frames[place].parent)
    }
    return path.reversed()
  }

  private func find(_ path: [[Int32]]) -> Int? {
    var place: Int?
    for (depth, names) in path.enumerated() {
      guard levels.indices.contains(depth),
        let next = levels[depth].first(where: { frame in
          let candidate = frames[Int(frame)]
          return candidate.parent == Int32(place ?? -1)
            && [candidate.service, candidate.name] == names
        })
      else { return nil }
      place = Int(next)
    }
    return place
  }
}
