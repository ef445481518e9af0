import Explorer
import Screen
import Telemetry
import Testing
import Views

/// What Home says before the first span.
@Suite struct HomeEmptyTests {
  private static func state(_ change: (inout Feed) -> Void) -> AppState {
    var state = AppState()
    _ = state.update(.resize(width: 80, height: 24))
    var feed = Feed()
    change(&feed)
    _ = state.update(.feed(feed, generation: 1))
    return state
  }

  private static func text(_ state: AppState) -> String { AppView.draw(state).text }

  @Test("A receiver waits and says where to send")
  func receiver() {
    let state = Self.state { feed in
      feed.sources = [Feed.Source(":4317", .receiver)]
      feed.grpcAddress = "127.0.0.1:4317"
      feed.isLive = true
    }
    let text = Self.text(state)
    #expect(text.contains("Waiting for the first span."))
    #expect(text.contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317"))
    #expect(text.contains("otel-tui demo"))
  }

  @Test("what to set is there for every language, with the ports in force; c copies it")
  func setups() {
    var state = Self.state { feed in
      feed.sources = [Feed.Source(":5001", .receiver), Feed.Source(":5002", .receiver)]
      (feed.grpcAddress, feed.httpAddress) = ("127.0.0.1:5001", "127.0.0.1:5002")
      feed.isLive = true
    }
    let text = Self.text(state)
    let languages = ["Go", "Python", "Node.js", "Java", ".NET", "Ruby", "PHP", "Rust", "C++"]
    for language in languages { #expect(text.contains(" \(language)  "), "\(language)") }
    func copied() -> [String] {
      state.update(.key(.character("c"))).compactMap {
        if case .copy(let text) = $0 { text } else { nil }
      }
    }
    #expect(copied() == ["OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:5001 go run ."])
    _ = state.update(.key(.down))
    _ = state.update(.key(.character("j")))
    let node = copied()
    #expect(node.first?.hasPrefix("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:5002 ") == true)
    #expect(node.first?.contains("auto-instrumentations-node/register") == true)
    // With a span it is any other key again.
    var feed = state.context.feed
    feed.spans = 1
    _ = state.update(.feed(feed, generation: 2))
    #expect(copied().isEmpty)
  }

  @Test("a command that runs is waited for, with nothing to set")
  func command() {
    let running = Self.text(Self.state { $0.sources = [Feed.Source("npm start", .command)] })
    #expect(running.contains("Waiting for the first span of npm start."))
    #expect(!running.contains("otel-tui demo"))
    let failed = Self.text(
      Self.state {
        $0.sources = [
          Feed.Source(
            "npm start", .command, .failed, problem: "npm start exited with status 1")
        ]
      })
    #expect(failed.contains("npm start exited with status 1"))
  }

  @Test("While the program works by itself it says at what, and nothing else")
  func working() {
    let demo = Self.text(Self.state { $0.sources = [Feed.Source("demo", .demo)] })
    #expect(demo.contains("Making up some minutes of traffic…"))
    #expect(!demo.contains("otel-tui demo"))
    let file = Self.text(Self.state { $0.sources = [Feed.Source("a.jsonl", .file)] })
    #expect(file.contains("Reading a.jsonl…"))
  }

  @Test("A file without spans is named")
  func nothing() {
    let text = Self.text(Self.state { $0.sources = [Feed.Source("a.jsonl", .file, .ended)] })
    #expect(text.contains("There is no span in a.jsonl."))
  }

  @Test("Bad records are counted, and the first is shown")
  func bad() {
    let text = Self.text(
      Self.state { feed in
        feed.sources = [Feed.Source("a.jsonl", .file, .ended)]
        feed.counts.badRecords = 3
        feed.counts.firstBad = BadRecord(
          source: "a.jsonl", line: 1, offset: 0, reason: "no closing brace")
      })
    #expect(text.contains("No span: 3 bad, the first at a.jsonl:1: no closing brace"))
  }

  @Test("Lines that are no spans are shown at once, until the first span comes")
  func lines() {
    var state = Self.state { feed in
      feed.sources = [Feed.Source("stdin", .pipe)]
      feed.counts.otherLines = 2
    }
    _ = state.update(
      .output([
        OutputLine(number: 1, source: "stdin", text: "listening on :8080"),
        OutputLine(number: 2, source: "stdin", text: "ready"),
      ]))
    let before = Self.text(state)
    #expect(before.contains("No span yet in 2 lines of standard input, below."))
    #expect(before.contains("OTEL_TRACES_EXPORTER=console"))
    #expect(before.contains("listening on :8080"))
    #expect(before.contains("ready"))
    // No pane is there to walk to.
    _ = state.update(.key(.tab))
    #expect(Self.text(state).contains("listening on :8080"))
    var feed = state.context.feed
    feed.spans = 1
    _ = state.update(.feed(feed, generation: 2))
    let after = Self.text(state)
    #expect(!after.contains("No span yet"))
    #expect(!after.contains("listening on :8080"))
    #expect(after.contains("Services"))
  }

  @Test("Lines seen among spans leave the list of traces where it is")
  func linesAmongSpans() {
    var state = Self.state { $0.spans = 5 }
    _ = state.update(.output([OutputLine(number: 1, source: "stdin", text: "ready")]))
    #expect(!Self.text(state).contains("ready"))
  }
}
