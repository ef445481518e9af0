import Explorer
import Screen

/// Draws the Query screen.
enum QueryView {
  static func draw(_ model: QueryModel, _ around: Surroundings, on grid: inout Grid) {
    grid.putCentered(["the query builder comes next"], in: around.body)
  }
}
