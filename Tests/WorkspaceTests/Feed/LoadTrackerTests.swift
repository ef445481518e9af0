import Explorer
import Intake
import Telemetry
import Testing

@testable import Workspace

@Suite struct LoadTrackerTests {
  private func at(_ milliseconds: UInt64) -> UnixNanos {
    UnixNanos(1_700_000_000_000_000_000 + milliseconds * 1_000_000)
  }

  private func progress(_ read: Int, of total: Int?) -> FileProgress {
    FileProgress(bytesRead: read, totalBytes: total, spans: read / 10)
  }

  @Test("a load shows after half a second, and its end is told once")
  func shows() {
    var loads = LoadTracker()
    loads.progress("/tmp/a.jsonl", progress(100, of: 1_000), now: at(0))
    #expect(loads.action(now: at(400)) == nil)
    loads.progress("/tmp/a.jsonl", progress(300, of: 1_000), now: at(600))
    guard case .loading(let shown?) = loads.action(now: at(700)) else {
      Issue.record("no bar after 700 ms")
      return
    }
    #expect(shown.name == "a.jsonl")
    #expect(shown.done == ByteCount(300))
    #expect(shown.total == ByteCount(1_000))
    #expect(shown.elapsed == .milliseconds(700))
    loads.end("/tmp/a.jsonl")
    guard case .loading(nil) = loads.action(now: at(800)) else {
      Issue.record("the end is not told")
      return
    }
    #expect(loads.action(now: at(900)) == nil)
  }

  @Test("two files are one bar; a pipe, whose end is unknown, is none")
  func several() {
    var loads = LoadTracker()
    loads.progress("a", progress(100, of: 1_000), now: at(0))
    loads.progress("b", progress(50, of: 500), now: at(100))
    loads.progress("stdin", progress(9, of: nil), now: at(0))
    guard case .loading(let shown?) = loads.action(now: at(700)) else {
      Issue.record("no bar")
      return
    }
    #expect(shown.name == "2 files")
    #expect(shown.done == ByteCount(150))
    #expect(shown.total == ByteCount(1_500))
  }
}

@Suite struct IngestRateTests {
  @Test("spans a second over three seconds, in two figures")
  func rate() {
    var rate = IngestRate()
    let start: UInt64 = 1_700_000_000_000_000_000
    var last = 0.0
    for step in 0...40 {
      last = rate.measure(step * 1_234, now: UnixNanos(start + UInt64(step) * 250_000_000))
    }
    #expect(last == 4_900)
    // Nothing comes any more.
    for step in 41...60 {
      last = rate.measure(40 * 1_234, now: UnixNanos(start + UInt64(step) * 250_000_000))
    }
    #expect(last == 0)
  }

  @Test("a clock that is set back makes no rate of its own")
  func setBack() {
    var rate = IngestRate()
    _ = rate.measure(0, now: UnixNanos(2_000_000_000_000))
    #expect(rate.measure(1_000_000, now: UnixNanos(1_000_000_000_000)) == 0)
  }
}
