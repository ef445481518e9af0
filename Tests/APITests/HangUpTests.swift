import API
import NIOCore
import NIOPosix
import QueryEngine
import QueryLanguage
import Synchronization
import Telemetry
import Testing

@Suite struct HangUpTests {
  @Test(.timeLimit(.minutes(1)))
  func whoHangsUpEndsTheQuery() async throws {
    let backend = try EndlessBackend()
    try await TestAPI.run(backend: backend) { api in
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: api.port).get()
      try await channel.writeAndFlush(
        ByteBuffer(string: "GET /api/fields HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
      ).get()
      var started = backend.started.makeAsyncIterator()
      _ = await started.next()
      try await channel.close().get()
      var ended = backend.ended.makeAsyncIterator()
      _ = await ended.next()
    }
  }
}

/// Never answers, and says when it was asked and when that was cancelled.
private final class EndlessBackend: QueryBackend {
  let local: LocalBackend
  let (started, start) = AsyncStream<Void>.makeStream()
  let (ended, end) = AsyncStream<Void>.makeStream()

  init() throws { local = try ThreeSpans.backend() }

  func catalog() async throws -> FieldCatalog {
    start.yield()
    let (never, open) = AsyncStream<Void>.makeStream()
    for await _ in never {}
    withExtendedLifetime(open) {}
    end.yield()
    try Task.checkCancellation()
    return FieldCatalog()
  }

  func run(_ query: Query, _ options: RunOptions) async throws -> QueryResult {
    try await local.run(query, options)
  }
  func generation() async throws -> UInt64 { try await local.generation() }
  func traces(_ request: TraceListRequest) async throws -> TraceList {
    try await local.traces(request)
  }
  func trace(_ id: TraceID) async throws -> TraceView? { try await local.trace(id) }
  func traceIDs(prefix: String, limit: Int) async throws -> [TraceID] {
    try await local.traceIDs(prefix: prefix, limit: limit)
  }
  func spans(_ keys: [SpanKey]) async throws -> SpanBatch { try await local.spans(keys) }
  func events(_ request: EventListRequest) async throws -> EventList {
    try await local.events(request)
  }
  func ranks(service: String, name: String, durations: [Nanoseconds]) async throws -> [Double] {
    try await local.ranks(service: service, name: name, durations: durations)
  }
}
