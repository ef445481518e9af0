import Screen

/// A service and the name of one of its spans in a line. Where there is no room for both the service
/// gives way first: the name is what tells spans apart.
struct ServiceAndName {
  let service: String
  let name: String

  /// So much of a service is still told from another.
  private static let leastService = 6

  /// Cells of the service and of the name, a blank between them.
  ///
  /// - Parameter room: cells for all.
  func widths(_ room: Int) -> (service: Int, name: Int) {
    let (service, name) = (GlyphWidth.of(service), GlyphWidth.of(name))
    guard service + 1 + name > room else { return (service, name) }
    let kept = min(service, max(Self.leastService, room - 1 - name))
    return (kept, max(0, room - 1 - kept))
  }

  func draw(
    x: Int, y: Int, room: Int, _ serviceInk: Ink, _ nameInk: Ink, on grid: inout Grid
  ) {
    let widths = widths(room)
    let used = grid.put(service, x: x, y: y, serviceInk, limit: min(widths.service, room))
    grid.put(name, x: x + used + 1, y: y, nameInk, limit: widths.name)
  }
}
