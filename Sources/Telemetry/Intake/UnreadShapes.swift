/// Objects that carry the ids of a span in a shape that is not read: counted by the names of their
/// members, so that somebody can say what is missing.
package struct UnreadShapes: Hashable, Sendable {
  private struct Shape: Hashable {
    var members: String
    var count: Int
  }

  /// How many objects there were.
  package private(set) var count = 0
  private var shapes: [Shape] = []

  /// Shapes that are told apart; others are counted only.
  private static let shapeLimit = 4

  package init() {}

  /// A line for each shape: `3 objects with trace and span ids in a shape that is not read:
  /// {transaction, span}`.
  package var hints: [String] {
    shapes.map { shape in
      let objects = shape.count == 1 ? "object" : "objects"
      return "\(shape.count) \(objects) with trace and span ids in a shape that is not read: "
        + shape.members
    }
  }

  /// Counts objects whose members have these names, in braces.
  package mutating func add(_ members: String, _ number: Int = 1) {
    count += number
    if let known = shapes.firstIndex(where: { $0.members == members }) {
      shapes[known].count += number
    } else if shapes.count < Self.shapeLimit {
      shapes.append(Shape(members: members, count: number))
    }
  }

  /// Adds another's counts. Shapes past the limit are in ``count`` alone.
  package mutating func add(_ other: UnreadShapes) {
    for shape in other.shapes { add(shape.members, shape.count) }
    count += other.count - other.shapes.reduce(0) { $0 + $1.count }
  }
}
