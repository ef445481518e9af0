package import QueryLanguage
package import Telemetry

extension BackendConformance {
  /// Two traces and a lone span, as a script writes them.
  private static let lines = [
    "trace=1 span=1 at=0 ms=10 name=GET service=web kind=server",
    "trace=1 span=2 parent=1 at=1 ms=4 name=query service=db status=error event=exception",
    "trace=1 span=3 parent=1 at=6 ms=2 name=query service=db",
    "trace=2 span=4 at=20 ms=30 name=GET service=web kind=server user=u1 link=1",
    "trace=3 span=5 parent=99 at=5 ms=1 name=orphan service=web event=retry",
  ]

  private static func id(_ number: UInt64) -> TraceID {
    TraceID(high: 0x0AF7_6519_16CD_43DD, low: number)
  }

  /// What a backend answers beside queries.
  ///
  /// - Parameter make: a ``BackendFactory``.
  package static func requests(
    _ make: @Sendable (SpanBatch) async throws -> any QueryBackend
  ) async throws -> [String] {
    var spans = ScriptSpans()
    for line in lines { try spans.add(line) }
    let backend = try await make(spans.batch)
    var differences: [String] = []
    func check(_ what: String, _ found: some Equatable, _ expected: some Equatable) {
      if "\(found)" != "\(expected)" {
        differences.append("\(what) is \(found), not \(expected)")
      }
    }
    let catalog = try await backend.catalog()
    check("spans of the catalog", catalog.spanCount, 5)
    check("spans with 'user'", catalog.summary(of: FieldRef("user"))?.spans ?? 0, 1)
    try await traces(backend, check)
    try await single(backend, check)
    let events = try await backend.events(EventListRequest(limit: 10)).events
    check("events, newest first", events.map(\.name), ["retry", "exception"])
    let newest = try await backend.events(EventListRequest(limit: 1)).events
    check("events within a limit", newest.map(\.name), ["retry"])
    check("an exception", events.map(\.isException), [false, true])
    let ranks = try await backend.ranks(
      service: "db", name: "query", durations: [1, 2, 3, 4].map { .milliseconds($0) })
    check("ranks", ranks, [0, 0.5, 0.5, 1])
    check("unchanged generation", try await backend.generation(), try await backend.generation())
    return differences
  }

  private static func traces(
    _ backend: any QueryBackend, _ check: (String, [String], [String]) -> Void
  ) async throws {
    func names(_ request: TraceListRequest) async throws -> [String] {
      try await backend.traces(request).traces.map { "\($0.id.low)" }
    }
    var request = TraceListRequest()
    check("newest traces", try await names(request), ["2", "3", "1"])
    request.order = .slowest
    check("slowest traces", try await names(request), ["2", "1", "3"])
    request.limit = 1
    check("a limit of traces", try await names(request), ["2"])
    check("their total", ["\(try await backend.traces(request).total)"], ["3"])
    request = TraceListRequest(filter: .holds(.error))
    let failed = try await backend.traces(request).traces
    check(
      "a trace with errors",
      failed.map {
        "\($0.id.low) \($0.spanCount) \($0.errorCount) \($0.serviceCount) \($0.matches)"
      },
      ["1 3 1 2 1"])
    check("its root", failed.map { "\($0.rootService) \($0.rootName)" }, ["web GET"])
    request = TraceListRequest()
    request.group = [.init(FieldRef("user"), .missing)]
    check("traces of a group without a value", try await names(request), ["3", "1"])
    request.group = [.init(FieldRef("user"), .text("u1"))]
    check("traces of a group", try await names(request), ["2"])
    request = TraceListRequest()
    request.valueField = .duration
    request.valueRange = 2...4
    request.order = .largestValue
    check("traces by value", try await names(request), ["1"])
    request = TraceListRequest(time: .last(.milliseconds(15)))
    check("traces of the last time", try await names(request), ["2", "3", "1"])
    check(
      "ids that begin so", try await backend.traceIDs(prefix: "0AF7", limit: 2).map { "\($0.low)" },
      ["1", "2"])
    check(
      "ids that begin otherwise", try await backend.traceIDs(prefix: "ff", limit: 9).map(\.hex), [])
    check("no ids", try await backend.traceIDs(prefix: "0x", limit: 9).map(\.hex), [])
  }

  private static func single(
    _ backend: any QueryBackend, _ check: (String, [String], [String]) -> Void
  ) async throws {
    let view = try await backend.trace(id(1))
    check(
      "a trace's spans", view?.nodes.map { "\($0.spanID.value) \($0.depth)" } ?? [],
      ["1 0", "2 1", "3 1"])
    check(
      "self times", view?.nodes.map { "\($0.selfTime.milliseconds)" } ?? [], ["4.0", "4.0", "2.0"])
    check("roots", ["\(view?.rootCount ?? -1)"], ["1"])
    let orphan = try await backend.trace(id(3))
    check(
      "an orphan",
      ["\(orphan?.rootCount ?? -1) \(orphan?.orphanCount ?? -1) \(orphan?.cycleCount ?? -1)"],
      ["0 1 0"])
    check("a trace not held", ["\(try await backend.trace(id(9)) == nil)"], ["true"])
    let keys = [
      SpanKey(trace: id(2), span: SpanID(4)), SpanKey(trace: id(9), span: SpanID(1)),
      SpanKey(trace: id(1), span: SpanID(2)),
    ]
    let batch = try await backend.spans(keys)
    check(
      "whole spans", batch.spans.map { "\($0.spanID) \(batch.text($0.name))" },
      ["4 GET", "2 query"])
    check(
      "their attributes", batch.spans.map { "\(batch.entries($0.attributes).map(\.key))" },
      ["[\"user\"]", "[]"])
    check(
      "their events and links", batch.spans.map { "\($0.events.count) \($0.links.count)" },
      ["0 1", "1 0"])
  }
}
