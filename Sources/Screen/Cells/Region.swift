/// A part of a frame that can be pointed at, and what it is.
package struct Region: Hashable, Sendable {
  package var rect: Rect
  package var target: Target

  package init(_ rect: Rect, _ target: Target) { (self.rect, self.target) = (rect, target) }
}

/// What a part of a frame is, in the terms of whoever drew it.
package struct Target: Hashable, Sendable {
  package let value: any Hashable & Sendable

  package init(_ value: some Hashable & Sendable) { self.value = value }

  package static func == (a: Target, b: Target) -> Bool {
    AnyHashable(a.value) == AnyHashable(b.value)
  }

  package func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}

extension Grid {
  /// Says what a part of the frame is; what is said later lies above.
  package mutating func mark(_ rect: Rect, as target: some Hashable & Sendable) {
    let area = rect.intersection(bounds)
    if !area.isEmpty { regions.append(Region(area, Target(target))) }
  }

  /// The uppermost part at a cell.
  ///
  /// - Complexity: O(regions).
  package func region(x: Int, y: Int) -> Region? {
    regions.last { $0.rect.contains(x, y) }
  }
}
