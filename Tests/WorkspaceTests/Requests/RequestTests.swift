import Explorer
import QueryLanguage
import Telemetry
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(2))) struct RequestTests {
  private func requestID(_ number: Int, _ name: String = "list") -> RequestID {
    RequestID(Slot(TracesModel.id, name), number)
  }

  private func runner(
    _ backend: GatedBackend, _ log: ActionLog, _ clock: ManualClock = ManualClock()
  ) -> RequestRunner {
    RequestRunner(backend, clock: clock, send: log.send)
  }

  @Test("an answer comes behind the time it came at")
  func answers() async {
    let (backend, log) = (GatedBackend(), ActionLog())
    let runner = runner(backend, log)
    runner.ask(requestID(1), .catalog)
    await backend.arrive(1)
    backend.open()
    await log.wait { $0.contains { if case .response = $0 { true } else { false } } }
    #expect(log.responses.map(\.requestID) == [requestID(1)])
    let kinds = log.actions.map { action in
      switch action {
      case .tick: "tick"
      case .response: "response"
      default: "other"
      }
    }
    #expect(kinds == ["tick", "response"])
    #expect(runner.openCount == 0)
  }

  @Test("a newer request in a slot ends the older, which is never answered")
  func supersedes() async {
    let (backend, log) = (GatedBackend(), ActionLog())
    let runner = runner(backend, log)
    runner.ask(requestID(1), .catalog)
    await backend.arrive(1)
    runner.ask(requestID(2), .catalog)
    await backend.arrive(2)
    await backend.cancelled(1)
    backend.open()
    await log.wait { $0.contains { if case .response = $0 { true } else { false } } }
    #expect(log.responses.map(\.requestID) == [requestID(2)])
  }

  @Test("slots know nothing of each other; a cancelled one is never answered")
  func cancels() async {
    let (backend, log) = (GatedBackend(), ActionLog())
    let runner = runner(backend, log)
    runner.ask(requestID(1, "a"), .catalog)
    runner.ask(requestID(2, "b"), .catalog)
    await backend.arrive(2)
    runner.cancel(Slot(TracesModel.id, "a"))
    await backend.cancelled(1)
    backend.open()
    await log.wait { $0.contains { if case .response = $0 { true } else { false } } }
    #expect(log.responses.map(\.requestID) == [requestID(2, "b")])
    #expect(runner.openCount == 0)
  }

  @Test("what a backend cannot do is an answer that says so")
  func failures() async {
    let (backend, log) = (GatedBackend(error: QueryError("no field 'x'")), ActionLog())
    let runner = runner(backend, log)
    runner.ask(requestID(1), .catalog)
    await backend.arrive(1)
    backend.open()
    await log.wait { $0.contains { if case .response = $0 { true } else { false } } }
    guard case .failure(let error)? = log.responses.first?.response else {
      Issue.record("no failure")
      return
    }
    #expect(error == QueryError("no field 'x'"))
  }

  @Test("however quick an answer is, it comes")
  func quick() async {
    let (backend, log) = (GatedBackend(), ActionLog())
    let runner = runner(backend, log)
    backend.open()
    let count = 2_000
    for number in 1...count { runner.ask(requestID(number, "\(number)"), .catalog) }
    await log.wait { $0.count == 2 * count }
    #expect(log.responses.count == count && runner.openCount == 0)
  }

  @Test("a long request says how far it is, four times a second by the clock")
  func progress() async {
    let (backend, log, clock) = (GatedBackend(), ActionLog(), ManualClock())
    let runner = runner(backend, log, clock)
    runner.ask(requestID(1), .catalog)
    await backend.arrive(1)
    for _ in 1...3 {
      await clock.waitForSleepers(1)
      clock.advance(by: RequestRunner.progressInterval)
    }
    await log.wait { $0.filter { if case .progress = $0 { true } else { false } }.count == 3 }
    runner.cancelAll()
    await backend.cancelled(1)
  }
}
