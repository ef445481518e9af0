import Explorer
import Screen

/// Draws the Trace screen.
enum TraceScreenView {
  static func draw(_ model: TraceModel, _ around: Surroundings, on grid: inout Grid) {
    grid.putCentered(["assembling…"], in: around.body)
  }
}
