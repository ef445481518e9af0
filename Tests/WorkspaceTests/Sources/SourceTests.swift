import Explorer
import Intake
import QueryLanguage
import Telemetry
import Testing
import Workspace

/// Sources under a clock that stands still: whatever is told is told by the change itself.
@Suite(.timeLimit(.minutes(2))) struct SourceTests {
  private func start(
    _ log: ActionLog, _ folder: TemporaryFolder, _ change: (inout WorkspaceOptions) throws -> Void
  ) rethrows -> Workspace {
    var options = WorkspaceOptions()
    options.stateFolder = folder.url
    try change(&options)
    let workspace = Workspace(options, clock: ManualClock(), send: log.send)
    workspace.start()
    return workspace
  }

  @Test("a receiver's addresses are on the screen before any span comes")
  func listening() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let workspace = try start(log, folder) { options in
      options.addresses = [
        .grpc: try ListenAddress(parsing: "127.0.0.1:0", flag: "--grpc"),
        .http: try ListenAddress(parsing: "127.0.0.1:0", flag: "--http"),
      ]
    }
    await log.waitForFeed { $0.grpcAddress != nil && $0.httpAddress != nil }
    let feed = try #require(log.feeds.last)
    #expect(feed.isLive)
    #expect(feed.sources.map(\.kind) == [.receiver, .receiver])
    #expect(feed.sources.allSatisfy { $0.state == .active })
    #expect(feed.grpcAddress?.hasSuffix(feed.sources[0].name) == true)
    await workspace.stop()
  }

  @Test("two ports in use are both named, with their flags")
  func portsInUse() async throws {
    let (first, folder) = (ActionLog(), try TemporaryFolder())
    let holder = try start(first, folder) { options in
      options.addresses = [
        .grpc: try ListenAddress(parsing: "127.0.0.1:0", flag: "--grpc"),
        .http: try ListenAddress(parsing: "127.0.0.1:0", flag: "--http"),
      ]
    }
    await first.waitForFeed { $0.grpcAddress != nil && $0.httpAddress != nil }
    let taken = try #require(first.feeds.last)
    let log = ActionLog()
    let workspace = try start(log, folder) { options in
      options.addresses = [
        .grpc: try ListenAddress(parsing: try #require(taken.grpcAddress), flag: "--grpc"),
        .http: try ListenAddress(parsing: try #require(taken.httpAddress), flag: "--http"),
      ]
    }
    await log.wait { $0.contains { if case .notice = $0 { true } else { false } } }
    let notice = try #require(log.notices.last)
    #expect(notice.weight == .failure)
    #expect(notice.text.contains("--grpc \(try #require(taken.grpcAddress))"))
    #expect(notice.text.contains("--http \(try #require(taken.httpAddress))"))
    let feed = try #require(log.feeds.last)
    #expect(feed.sources.map(\.state) == [.failed, .failed])
    #expect(feed.sources.allSatisfy { $0.problem?.contains("is in use") == true })
    await workspace.stop()
    await holder.stop()
  }

  @Test("a file is read, and its end is told with its spans")
  func file() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let path = try folder.write(
      (1...5).map { SpanLine.text("span \($0)", trace: $0) }.joined(), "a.jsonl")
    let workspace = start(log, folder) { $0.files = [path] }
    await log.waitForFeed { $0.sources.first?.state == .ended && $0.spans == 5 }
    let feed = try #require(log.feeds.last)
    #expect(feed.sources.map(\.name) == ["a.jsonl"])
    #expect(!feed.isLive)
    #expect(feed.serviceNames == ["shop"])
    await workspace.stop()
  }

  @Test("a file that cannot be read costs that file; the others are read")
  func oneFileFails() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let good = try folder.write(SpanLine.text("only"), "good.jsonl")
    let workspace = start(log, folder) { $0.files = [folder.path("missing.jsonl"), good] }
    await log.waitForFeed { feed in
      feed.spans == 1 && feed.sources.map(\.state) == [.failed, .ended]
    }
    #expect(log.notices.last?.text.contains("missing.jsonl") == true)
    await workspace.stop()
  }

  @Test("the last feed a screen is told of has the newest generation")
  func newestGeneration() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let path = try folder.write(
      (1...200).map { SpanLine.text("span \($0)", trace: $0) }.joined(), "a.jsonl")
    let workspace = start(log, folder) { $0.files = [path] }
    await log.waitForFeed { $0.sources.first?.state == .ended }
    let newest = try await workspace.backend.generation()
    await log.wait { actions in
      actions.contains { action in
        if case .feed(_, let generation) = action { generation == newest } else { false }
      }
    }
    await workspace.stop()
  }
}
