/// Which questions are open.
package struct Tickets: Sendable {
  private var open: [Slot: Int] = [:]
  private var count = 0

  package init() {}

  /// Whether anything is awaited of what a screen asked.
  package func isWaiting(_ screen: ScreenID) -> Bool {
    open.keys.contains { $0.screen == screen && $0 != .catalog }
  }

  /// Whether the question in a slot has no answer yet.
  package func isWaiting(_ slot: Slot) -> Bool { open[slot] != nil }

  /// A new ticket, which makes the slot's older one void.
  package mutating func issue(_ slot: Slot) -> Ticket {
    count += 1
    open[slot] = count
    return Ticket(slot, count)
  }

  /// Whatever answers in the slot is too late.
  package mutating func cancel(_ slot: Slot) { open[slot] = nil }

  /// Whether the answer is still wanted; it is then no longer awaited.
  package mutating func redeem(_ ticket: Ticket) -> Bool {
    guard open[ticket.slot] == ticket.number else { return false }
    open[ticket.slot] = nil
    return true
  }
}
