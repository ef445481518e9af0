import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

/// Keys that are pressed before the list of traces is there.
@Suite struct EarlyKeyTests {
  private let traces = (1...3).map { number in
    TraceSummary(
      id: TraceID(high: 1, low: UInt64(number)), rootService: "web", rootName: "trace \(number)",
      start: .zero, duration: .zero, spanCount: 1, errorCount: 0, serviceCount: 1)
  }

  @Test("Enter before the list is there opens the trace when it comes")
  func enter() {
    var state = AppState()
    let requestID = Self.listRequest(state.update(.key(.character("3"))))
    _ = state.update(.key(.character("j")))
    _ = state.update(.key(.enter))
    #expect(state.screen == .traces)
    if let requestID { _ = state.update(.response(requestID, .traces(list))) }
    #expect(state.screen == .trace)
    #expect(state.trace.id == traces[1].id)
  }

  @Test("but not when the person has gone elsewhere meanwhile")
  func elsewhere() {
    var state = AppState()
    let requestID = Self.listRequest(state.update(.key(.character("3"))))
    _ = state.update(.key(.enter))
    _ = state.update(.key(.character("1")))
    if let requestID { _ = state.update(.response(requestID, .traces(list))) }
    #expect(state.screen == .home)
  }

  private var list: TraceList {
    var list = TraceList()
    list.traces = traces
    return list
  }

  private static func listRequest(_ effects: [Effect]) -> RequestID? {
    for case .ask(let requestID, .traces) in effects where requestID.slot == TracesModel.slot {
      return requestID
    }
    Issue.record("the list was not asked for")
    return nil
  }
}
