import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

@Suite struct FrameTests {
  private func state(
    _ width: Int, _ height: Int, isUnicode: Bool = true, now: UnixNanos = .zero
  ) -> AppState {
    AppState(started: AppSetup(width: width, height: height, isUnicode: isUnicode, now: now))
  }

  @Test("a terminal that is too small says so, with its size and the least")
  func tooSmall() {
    let text = AppView.draw(state(50, 10)).text
    #expect(text.contains("50x10 is too small"))
    #expect(text.contains("60x16"))
  }

  @Test("every screen and everything that lies over one is drawn")
  func drawings() {
    for type in ScreenTable.types { #expect(AppView.draws(type), "\(type)") }
    for type in OverlayTable.types { #expect(AppView.draws(type), "\(type)") }
  }

  @Test("any size draws without leaving its grid", arguments: [0, 1, 2, 15, 60, 79, 80, 81, 200])
  func anySize(width: Int) {
    for height in [0, 1, 2, 16, 24, 60] {
      for screen in 0..<4 {
        var state = state(width, height)
        if screen > 0 { _ = state.update(.key(.character(Character("\(min(3, screen))")))) }
        let grid = AppView.draw(state)
        #expect(grid.width == width && grid.height == height)
      }
    }
  }

  @Test("an empty Home tells how to get data in")
  func emptyHome() {
    var state = state(100, 30)
    var feed = Feed()
    feed.isLive = true
    feed.grpcAddress = "127.0.0.1:4317"
    feed.httpAddress = "127.0.0.1:4318"
    _ = state.update(.feed(feed, generation: 1))
    let text = AppView.draw(state).text
    #expect(text.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317"))
    #expect(text.contains("go run . | otel-tui"))
  }

  @Test("the addresses to send to are in the header before there is a span, at 80 columns too")
  func addresses() {
    for width in [80, 120, 200] {
      var state = state(width, 24)
      var feed = Feed()
      feed.sources = [Feed.Source(":4317", .receiver), Feed.Source(":4318", .receiver)]
      _ = state.update(.feed(feed, generation: 1))
      let header = AppView.draw(state).text.split(separator: "\n")[0]
      #expect(header.contains("● :4317 :4318"), "\(width): \(header)")
    }
  }

  @Test("a port that is in use is marked in the header, and why is said on an empty Home")
  func portInUse() {
    var state = state(120, 30)
    var feed = Feed()
    let problem =
      "--grpc 127.0.0.1:4317: port 4317 is in use · --grpc 127.0.0.1:0 picks a free port"
    feed.sources = [
      Feed.Source(":4317", .receiver, .failed, problem: problem), Feed.Source(":4318", .receiver),
    ]
    _ = state.update(.feed(feed, generation: 1))
    let text = AppView.draw(state).text
    #expect(text.contains("✗ :4317 · ● :4318"))
    #expect(text.contains(problem))
  }

  @Test("what was refused, and what is not kept, is in the header")
  func notKept() {
    var state = state(160, 30)
    var feed = Feed()
    feed.spans = 5
    feed.counts.metrics = 1_204
    feed.counts.logRecords = 1
    feed.counts.refusals.add(.tls, latest: "TLS on a plain port")
    _ = state.update(.feed(feed, generation: 1))
    let header = AppView.draw(state).text.split(separator: "\n")[0]
    #expect(header.contains("1 refused · 1,204 metrics · 1 log record"))
  }

  @Test("what was lost is in the header")
  func losses() {
    var state = state(120, 30)
    var feed = Feed()
    feed.spans = 12_408
    feed.counts.badRecords = 3
    feed.counts.evictedSpans = 1_500
    _ = state.update(.feed(feed, generation: 1))
    let header = AppView.draw(state).text.split(separator: "\n")[0]
    #expect(header.contains("12,408 spans"))
    #expect(header.contains("3 bad"))
    #expect(header.contains("1,500 evicted"))
  }

  @Test("once spans were let go the header says since when it has them, at every size")
  func evicted() {
    for (width, oldest) in [(80, "from 13:46"), (120, "from 13:46:40"), (200, "from 13:46:40")] {
      var state = state(width, 30, now: UnixNanos(1_700_060_000_000_000_000))
      var feed = Feed()
      feed.spans = 2_620_000
      feed.services = 3
      feed.spansPerSecond = 630_000
      feed.counts.evictedSpans = 9_900_000
      // 2023-11-15 13:46:40 UTC.
      feed.oldestKept = UnixNanos(1_700_056_000_000_000_000)
      _ = state.update(.feed(feed, generation: 1))
      let header = AppView.draw(state).text.split(separator: "\n")[0]
      #expect(header.contains("2.62M spans · "))
      #expect(header.contains("9.90M evicted · \(oldest)"))
      #expect(header.contains("3 Traces"))
      #expect(header.contains("otel-tui") == (width > 80))
    }
  }

  @Test("loading shows how far it is, and the screen stays usable")
  func loading() {
    var state = state(120, 30)
    let progress = LoadProgress(
      name: "big.jsonl", done: ByteCount(250_000_000), total: ByteCount(1_000_000_000),
      spans: 10, elapsed: .seconds(2))
    _ = state.update(.loading(progress))
    let footer = AppView.draw(state).text.split(separator: "\n").last ?? ""
    #expect(footer.contains("big.jsonl"))
    #expect(footer.contains("25 %"))
    #expect(footer.contains("125 MB/s"))
    #expect(footer.contains("6.00s left"))
  }

  @Test("every key of the screen is behind ?, in both character sets")
  func help() {
    for isUnicode in [true, false] {
      var state = state(120, 100, isUnicode: isUnicode)
      _ = state.update(.key(.character("?")))
      var text = AppView.draw(state).text
      // What has no room is a page further down.
      for _ in 0..<3 {
        _ = state.update(.key(.pageDown))
        text += AppView.draw(state).text
      }
      #expect(text.contains("Everywhere"))
      for row in GlobalCommand.rows { #expect(text.contains(row.help), "\(row.help)") }
    }
  }

  @Test("a key that does nothing is named, not swallowed")
  func wrongKey() {
    var state = state(100, 30)
    _ = state.update(.key(.character("%")))
    let footer = AppView.draw(state).text.split(separator: "\n").last ?? ""
    #expect(footer.contains("% does nothing here"))
  }

  @Test("ASCII drawings hold nothing but ASCII")
  func ascii() {
    var state = state(120, 40, isUnicode: false)
    var feed = Feed()
    feed.sources = [Feed.Source("stdin", .pipe, .ended)]
    feed.spans = 5
    _ = state.update(.feed(feed, generation: 1))
    #expect(AppView.draw(state).text.utf8.allSatisfy { $0 < 0x80 })
  }
}
