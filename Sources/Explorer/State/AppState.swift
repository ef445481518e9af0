import Telemetry

/// Everything on the screen, and nothing else: the same state is the same picture.
package struct AppState: Sendable {
  package var around = Surroundings()
  package var screen = ScreenName.home
  /// Where `Esc` leads, the nearest last.
  package var trail: [ScreenName] = []
  package var home = HomeModel()
  package var query = QueryModel()
  package var traces = TracesModel()
  package var trace = TraceModel()
  package var overlay: Overlay?
  package var notice: Notice?
  package var loading: LoadProgress?
  /// Questions asked and not answered.
  package var tickets = Tickets()
  /// Of what the visible screen asked.
  var freshness = Freshness()
  /// Of the fields and values known.
  var catalogFreshness = Freshness()

  package init() {}
}

/// Which questions are open.
package struct Tickets: Sendable {
  private var newest: [Slot: Int] = [:]
  private var open: Set<Ticket> = []
  private var count = 0

  package init() {}

  package var isWaiting: Bool { !open.isEmpty }

  package func isWaiting(_ screen: ScreenName) -> Bool {
    open.contains { $0.slot.screen == screen && $0.slot != .catalog }
  }

  package func isWaiting(_ slot: Slot) -> Bool {
    newest[slot].map { open.contains(Ticket(slot, $0)) } ?? false
  }

  /// A new ticket, which makes the slot's older ones void.
  package mutating func issue(_ slot: Slot) -> Ticket {
    cancel(slot)
    count += 1
    let ticket = Ticket(slot, count)
    newest[slot] = count
    open.insert(ticket)
    return ticket
  }

  package mutating func cancel(_ slot: Slot) {
    if let number = newest.removeValue(forKey: slot) { open.remove(Ticket(slot, number)) }
  }

  /// Whether the answer is still wanted; it is then no longer awaited.
  package mutating func redeem(_ ticket: Ticket) -> Bool { open.remove(ticket) != nil }
}
