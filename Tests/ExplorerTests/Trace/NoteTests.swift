import Explorer
import QueryLanguage
import Telemetry
import Testing
import TraceSupport

/// Each note on a trace made to show it, and silence on one that is in order.
@Suite struct NoteTests {
  @Test("the recursive Fibonacci trace is slow because the same calls repeat")
  func fibonacci() throws {
    let notes = TraceStage(SampleTraces.fibonacci(5)).model.notes.list.rows
    let note = try #require(notes.first { $0.kind == .repeatedCalls })
    // Calls of fib(5) by index: 5 ×1, 4 ×1, 3 ×2, 2 ×3, 1 ×5, 0 ×3.
    #expect(note.text.contains("/fib?index=1 ×5"))
    #expect(note.text.contains("/fib?index=2 ×3"))
    #expect(note.text.contains("/fib?index=0 ×3"))
    #expect(note.text.contains("/fib?index=3 ×2"))
    #expect(note.text.contains("The 9 repeats"))
    #expect(note.nodes.count == 13)
    #expect(notes.count { $0.kind == .repeatedCalls } == 1, "client spans are the same calls")
    let serial = try #require(notes.first { $0.kind == .serialCalls })
    #expect(serial.text.contains("2 calls run one after the other"))
  }

  @Test("an ordinary trace has no notes")
  func quiet() {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 100, kind: .server)
    trace.span(2, in: 1, "auth", 1, 10)
    trace.span(3, in: 1, "load", 11, 90)
    trace.span(4, in: 3, "SELECT", 12, 89)
    #expect(TraceStage(trace.view).model.notes.list.rows.isEmpty)
  }

  @Test("five equal children are many alike")
  func manyAlike() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /list", 0, 100)
    for row in 0..<8 {
      let start = 2 + Double(row) * 12
      trace.span(UInt64(10 + row), in: 1, "SELECT", start, start + 10)
    }
    let note = try #require(Self.note(.manyAlike, trace))
    #expect(note.text.contains("shop SELECT ×8 under shop GET /list: 80.0ms of its 100ms"))
    #expect(note.nodes.count == 8)
  }

  @Test("calls in a row say what running them side by side would save")
  func serial() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 100)
    trace.span(2, in: 1, "a", 0, 30)
    trace.span(3, in: 1, "b", 31, 71)
    trace.span(4, in: 1, "c", 72, 97)
    let note = try #require(Self.note(.serialCalls, trace))
    // 30 + 40 + 25 = 95; the longest is 40.
    #expect(note.text.contains("3 calls run one after the other for 95.0ms"))
    #expect(note.text.contains("they need 40.0ms: 55.0ms less"))
    #expect(note.weight == .milliseconds(55))
  }

  @Test("calls that overlap are no staircase")
  func overlapping() {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 100)
    trace.span(2, in: 1, "a", 0, 50)
    trace.span(3, in: 1, "b", 49, 99)
    #expect(Self.note(.serialCalls, trace) == nil)
  }

  @Test("nothing running is a gap, between children and between roots")
  func gaps() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 100)
    trace.span(2, in: 1, "a", 0, 30)
    trace.span(3, in: 1, "b", 70, 99)
    let below = try #require(Self.note(.gap, trace))
    #expect(below.text.contains("nothing runs for 40.0ms, 40 %"))
    trace.span(4, "later", 150, 200)
    let between = try #require(Self.note(.gap, trace))
    #expect(between.text.contains("For 50.0ms after shop GET /"))
    #expect(between.text.contains("no span runs at all"))
  }

  @Test("a failed call followed by its like was tried again")
  func retries() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 100)
    trace.span(2, in: 1, "charge", 0, 10, status: .error)
    trace.span(3, in: 1, "charge", 20, 35, status: .error)
    trace.span(4, in: 1, "charge", 50, 60)
    let note = try #require(Self.note(.retries, trace))
    #expect(note.text.contains("tried 3 times"))
    #expect(note.text.contains("then succeeded; failed tries took 25.0ms"))
    #expect(Self.note(.serialCalls, trace) == nil, "retries cannot run side by side")
  }

  @Test("children cut off together at an error look like a time-out")
  func timeout() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 1_000, status: .error)
    trace.span(2, in: 1, "a", 10, 1_000, status: .error)
    trace.span(3, in: 1, "b", 300, 999.9, status: .error)
    let note = try #require(Self.note(.timeout, trace))
    #expect(note.text.contains("2 of 2 children"))
    #expect(note.text.contains("1.00s after it began"))
  }

  @Test("a child that outlives its parent says by how much")
  func overrun() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 0, 100)
    trace.span(2, in: 1, "send mail", 90, 230)
    let note = try #require(Self.note(.childLonger, trace))
    #expect(note.text.contains("ends 130ms after its parent shop GET /"))
    #expect(note.text.contains("takes longer than it"))
  }

  @Test("a child of another service that begins first tells how far clocks differ")
  func skew() throws {
    var trace = TraceBuilder()
    trace.span(1, "GET /", 50, 150, service: "web")
    trace.span(2, in: 1, "read", 45, 90, service: "db")
    let note = try #require(Self.note(.clockSkew, trace))
    #expect(note.text.contains("db's clock is at least 5.00ms behind web's"))
  }

  private static func note(_ kind: TraceNote.Kind, _ trace: TraceBuilder) -> TraceNote? {
    TraceStage(trace.view).model.notes.list.rows.first { $0.kind == kind }
  }
}
