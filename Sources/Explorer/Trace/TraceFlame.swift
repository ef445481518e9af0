import QueryLanguage
package import Telemetry

/// A trace as a flame graph: spans of the same service and name under the same callers are one
/// frame.
///
/// A frame is as wide as its own self time and the frames above it together, so that frames never
/// overlap even where calls did.
package struct TraceFlame: Sendable {
  package struct Frame: Sendable {
    /// Index into the view's texts.
    package var name: Int32
    /// Index into the view's texts.
    package var service: Int32
    /// Index of the frame that called it; -1 at the foot.
    package var parent: Int32
    /// Callers below it.
    package var depth: Int32
    /// Spans in it.
    package var count = 0
    /// Their durations added up, whether they overlap or not.
    package var total = Nanoseconds.zero
    /// Of its spans together.
    package var selfTime = Nanoseconds.zero
    /// Spans of it that failed.
    package var errors = 0
    /// Self time with that of every frame under it: its width.
    package var width: Int64 = 0
    /// Where it starts, on the same scale as `width`.
    package var start: Int64 = 0
  }

  /// Parents first; siblings by width, the widest first.
  package private(set) var frames: [Frame] = []
  /// Frames of each depth, from the left.
  package private(set) var levels: [[Int32]] = []
  /// Frame of each node.
  private var frameOfNode: [Int32] = []
  /// Of all frames at the foot, in nanoseconds of self time.
  package private(set) var width: Int64 = 0
  /// Index of the frame under the cursor.
  package internal(set) var selected = 0
  /// The frame that fills the width; -1: all of them.
  package internal(set) var zoomed = -1

  package init() {}

  private struct Key: Hashable {
    var parent: Int32
    var service: Int32
    var name: Int32
  }

  /// - Complexity: O(*n* log *n*) in the spans.
  init(_ view: TraceView) {
    var known: [Key: Int32] = [:]
    frameOfNode.reserveCapacity(view.nodes.count)
    for node in view.nodes {
      let parent = node.parent >= 0 ? frameOfNode[Int(node.parent)] : -1
      let key = Key(parent: parent, service: node.service, name: node.name)
      let index = known[key] ?? Int32(frames.count)
      if index == frames.count {
        known[key] = index
        frames.append(
          Frame(
            name: node.name, service: node.service, parent: parent,
            depth: parent >= 0 ? frames[Int(parent)].depth + 1 : 0))
      }
      frameOfNode.append(index)
      add(node, to: Int(index))
    }
    measure()
    layOut()
  }

  private mutating func add(_ node: TraceNode, to index: Int) {
    frames[index].count += 1
    frames[index].total = Nanoseconds(
      frames[index].total.count.addingReportingOverflow(node.duration.count).partialValue)
    frames[index].selfTime = Nanoseconds(
      frames[index].selfTime.count.addingReportingOverflow(node.selfTime.count).partialValue)
    if node.isError { frames[index].errors += 1 }
  }

  private mutating func measure() {
    for index in frames.indices.reversed() {
      frames[index].width += frames[index].selfTime.count
      let parent = Int(frames[index].parent)
      if parent >= 0 { frames[parent].width += frames[index].width }
    }
  }

  /// Puts each frame's children side by side from its left end.
  private mutating func layOut() {
    var children: [[Int32]] = Array(repeating: [], count: frames.count)
    var tops: [Int32] = []
    for index in frames.indices {
      let parent = Int(frames[index].parent)
      if parent >= 0 { children[parent].append(Int32(index)) } else { tops.append(Int32(index)) }
    }
    width = spread(tops, from: 0)
    var level = tops
    while !level.isEmpty {
      levels.append(level.sorted { frames[Int($0)].start < frames[Int($1)].start })
      var next: [Int32] = []
      for frame in level {
        _ = spread(children[Int(frame)], from: frames[Int(frame)].start)
        next += children[Int(frame)]
      }
      level = next
    }
  }

  private mutating func spread(_ siblings: [Int32], from start: Int64) -> Int64 {
    var index = start
    let sorted = siblings.sorted {
      (frames[Int($0)].width, $1) > (frames[Int($1)].width, $0)
    }
    for frame in sorted {
      frames[Int(frame)].start = index
      index += frames[Int(frame)].width
    }
    return index - start
  }

  /// Whether a frame is drawn: it lies over or under the one zoomed to.
  package func isShown(_ frame: Int) -> Bool {
    guard zoomed >= 0 else { return true }
    let (inner, outer) = (frames[frame], frames[zoomed])
    return inner.start < outer.start + max(1, outer.width)
      && inner.start + max(1, inner.width) > outer.start
  }

  /// What fills the width of the screen, on the scale of the frames.
  package var shown: Range<Int64> {
    guard frames.indices.contains(zoomed) else { return 0..<max(1, width) }
    return frames[zoomed].start..<frames[zoomed].start + max(1, frames[zoomed].width)
  }

  /// Up is towards the callers.
  mutating func move(_ motion: Motion) {
    guard frames.indices.contains(selected) else { return }
    let frame = frames[selected]
    switch motion {
    case .up: if frame.parent >= 0 { selected = Int(frame.parent) }
    case .down:
      if let child = levels.dropFirst(Int(frame.depth) + 1).first?
        .first(where: { frames[Int($0)].parent == selected })
      {
        selected = Int(child)
      }
    case .left, .right: step(motion == .right ? 1 : -1)
    case .first: selected = zoomed >= 0 ? zoomed : 0
    default: break
    }
  }

  /// To the neighbour on the same level, as far as it is shown.
  private mutating func step(_ direction: Int) {
    let level = levels[Int(frames[selected].depth)]
    guard let index = level.firstIndex(of: Int32(selected)) else { return }
    let next = index + direction
    if level.indices.contains(next), isShown(Int(level[next])) { selected = Int(level[next]) }
  }

  /// The frames that nodes are in.
  ///
  /// - Complexity: O(nodes given).
  package func frames(of nodes: [Int32]) -> Set<Int> {
    Set(
      nodes.lazy.map(Int.init).filter { frameOfNode.indices.contains($0) }
        .map { Int(frameOfNode[$0]) })
  }

  /// The callers of a frame from the foot on, and the frame.
  package func path(to frame: Int) -> [Int] {
    var path: [Int] = []
    var index = frame
    while frames.indices.contains(index) {
      path.append(index)
      index = Int(frames[index].parent)
    }
    return path.reversed()
  }

  /// Nodes of a frame, ascending.
  func nodes(of frame: Int) -> [Int32] {
    frameOfNode.indices.filter { frameOfNode[$0] == frame }.map(Int32.init)
  }
}
