/// Which requests have no response yet.
package struct OpenRequests: Sendable {
  private var open: [Slot: Int] = [:]
  private var count = 0

  package init() {}

  /// Whether a response is awaited of what a screen asked.
  package func isWaiting(_ screen: ScreenID) -> Bool {
    open.keys.contains { $0.screen == screen && $0 != .catalog }
  }

  /// Whether the request in a slot has no response yet.
  package func isWaiting(_ slot: Slot) -> Bool { open[slot] != nil }

  /// A new request, which makes the slot's older one void.
  package mutating func issue(_ slot: Slot) -> RequestID {
    count += 1
    open[slot] = count
    return RequestID(slot, count)
  }

  /// Whatever response comes in the slot is too late.
  package mutating func cancel(_ slot: Slot) { open[slot] = nil }

  /// Whether the response is still wanted; it is then no longer awaited.
  package mutating func complete(_ requestID: RequestID) -> Bool {
    guard open[requestID.slot] == requestID.number else { return false }
    open[requestID.slot] = nil
    return true
  }
}
