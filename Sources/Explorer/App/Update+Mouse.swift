package import Screen

/// What of the frame around the screens can be pointed at.
package enum AppSpot: Hashable, Sendable {
  /// Its name in the header.
  case screen(ScreenID)
  case timeRange
  /// A key of the footer.
  case key(Key)
  /// Beside what lies over the screen.
  case outside
}

extension AppState {
  /// The mouse goes to what lies over the screen, else to the screen, but header and footer are
  /// always there.
  mutating func point(_ event: MouseEvent, over region: Region?) -> [Effect] {
    guard let (pointer, target) = pointing.take(event, over: region, now: context.now) else {
      return []
    }
    if pointer.isClick { notice = nil }
    if let spot = target.value as? AppSpot { return point(pointer, at: spot) }
    if overlay != nil { return carryOut(overlay?.point(pointer, at: target, context) ?? []) }
    return carryOut(screens[screen].point(pointer, at: target, context))
  }

  private mutating func point(_ pointer: Pointer, at spot: AppSpot) -> [Effect] {
    guard pointer.isClick else { return [] }
    switch spot {
    case .key(let key): return press(key)
    case .outside: overlay = nil
    case .screen(let id):
      overlay = nil
      return perform(AnyCommand(.show(id)))
    case .timeRange:
      overlay = nil
      return perform(AnyCommand(context.isPaused ? .pause : .timeRange))
    }
    return []
  }
}
