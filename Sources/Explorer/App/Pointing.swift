import Screen
import Telemetry

/// What the mouse is doing: what its button went down on, and when it last did.
struct Pointing: Sendable {
  /// What the button went down on; nil while it is up.
  private var held: (region: Region, x: Int, y: Int)?
  private var isDragging = false
  private var last: (x: Int, y: Int, time: UnixNanos)?

  /// Two clicks within this time are a double one.
  private static let doubleClick: Int64 = 400_000_000
  /// Rows of a notch of the wheel.
  private static let notch = 3

  /// What an event over a part of the frame means; a drag is of the part that it began on.
  mutating func take(
    _ event: MouseEvent, over region: Region?, now: UnixNanos
  ) -> (pointer: Pointer, target: Target)? {
    switch event.kind {
    case .wheelUp, .wheelDown:
      let rows = event.kind == .wheelUp ? -Self.notch : Self.notch
      return region.map { (Self.pointer(.wheel(rows), event, in: $0.rect), $0.target) }
    case .press:
      isDragging = false
      held = region.map { ($0, event.x, event.y) }
      let age = last.map { now.since($0.time) } ?? .max
      let isSecond = last?.x == event.x && last?.y == event.y && age >= 0 && age < Self.doubleClick
      // A third click is a first one again.
      last = isSecond ? nil : (event.x, event.y, now)
      let gesture: Pointer.Gesture = isSecond ? .doubleClick : .click
      return region.map { (Self.pointer(gesture, event, in: $0.rect), $0.target) }
    case .drag:
      guard let held, isDragging || (held.x, held.y) != (event.x, event.y) else { return nil }
      isDragging = true
      last = nil
      return (drag(.drag, event, from: held), held.region.target)
    case .release:
      defer { (held, isDragging) = (nil, false) }
      guard let held, isDragging else { return nil }
      return (drag(.drop, event, from: held), held.region.target)
    }
  }

  private func drag(
    _ gesture: Pointer.Gesture, _ event: MouseEvent, from held: (region: Region, x: Int, y: Int)
  ) -> Pointer {
    var pointer = Self.pointer(gesture, event, in: held.region.rect)
    pointer.from = Self.cell(held.x, held.y, in: held.region.rect)
    return pointer
  }

  private static func pointer(
    _ gesture: Pointer.Gesture, _ event: MouseEvent, in rect: Rect
  ) -> Pointer {
    Pointer(gesture, cell(event.x, event.y, in: rect), width: rect.width, height: rect.height)
  }

  private static func cell(_ x: Int, _ y: Int, in rect: Rect) -> Pointer.Cell {
    Pointer.Cell(
      x: min(max(0, x - rect.x), max(0, rect.width - 1)),
      y: min(max(0, y - rect.y), max(0, rect.height - 1)))
  }
}
