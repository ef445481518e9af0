package import QueryLanguage

/// A trace as a flame graph that can be walked.
package struct FlameTab: TraceTab {
  package private(set) var flame = TraceFlame()
  private var view: TraceView?

  package static let title = "Flame graph"
  package static let panes: [TraceModel.Pane] = [.flame]

  package init() {}

  package var pane: TraceModel.Pane { .flame }

  package var summary: String { Figures.plural(flame.frames.count, "frame") }

  package mutating func receive(_ view: TraceView) {
    self.view = view
    let before = flame
    flame = TraceFlame(view)
    flame.keep(before)
  }

  package mutating func perform(
    _ command: TraceModel.Command, _ context: Context
  ) -> [Intent]? {
    switch command {
    case .move(let motion): flame.move(motion)
    case .open: flame.zoomed = flame.zoomed == flame.selected ? -1 : flame.selected
    case .fit: flame.zoomed = -1
    case .findFrame:
      guard let view, flame.frames.indices.contains(flame.selected) else { return [] }
      let frame = flame.frames[flame.selected]
      let name = "\(view.texts[Int(frame.service)]) \(view.texts[Int(frame.name)])"
      return [.trace(.showFound(flame.nodes(of: flame.selected), name))]
    default: return nil
    }
    return []
  }

  package mutating func point(
    _ pointer: Pointer, at spot: TraceModel.Spot, _ context: Context
  ) -> [Intent] {
    guard case .frame(let frame) = spot, pointer.isClick, flame.frames.indices.contains(frame)
    else { return [] }
    flame.selected = frame
    return pointer.gesture == .doubleClick ? [.enter] : []
  }
}
