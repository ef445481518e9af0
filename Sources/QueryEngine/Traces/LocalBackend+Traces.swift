package import QueryLanguage
package import Telemetry

extension LocalBackend {
  /// Traces with at least one span that matches.
  @concurrent
  package func traces(_ request: TraceListRequest) async throws -> TraceList {
    let clock = ContinuousClock()
    let begin = clock.now
    var list = try await TraceListing.run(request, snapshot(), traceParts)
    list.elapsed = Nanoseconds(begin.duration(to: clock.now))
    return list
  }

  /// Assembles one trace; nil when it is not held.
  @concurrent
  package func trace(_ id: TraceID) async throws -> TraceView? {
    TraceAssembly.view(id, snapshot())
  }

  /// The newest span events, newest first.
  @concurrent
  package func recentEvents(limit: Int) async throws -> [EventLine] {
    try EventListing.newest(limit, snapshot())
  }

  /// See ``QueryBackend/ranks(service:name:durations:)``.
  @concurrent
  package func ranks(
    service: String, name: String, durations: [Nanoseconds]
  ) async throws -> [Double] {
    try DurationRanks.shares(service: service, name: name, durations, snapshot())
  }
}
