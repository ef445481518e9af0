package import Telemetry

/// What a text finds that names a trace: its id, the beginning of it, or `slowest`.
package enum TraceLookup: Sendable, Equatable {
  case found(TraceID)
  /// No trace is held that is named so.
  case missing
  /// Those that begin so, ascending, at most a hundred.
  case ambiguous([TraceID])
  /// Neither hex digits of an id nor `slowest`.
  case malformed
}

extension QueryBackend {
  package func lookUp(trace text: String) async throws -> TraceLookup {
    if text == "slowest" {
      var request = TraceListRequest()
      request.order = .slowest
      request.limit = 1
      return try await traces(request).traces.first.map { .found($0.id) } ?? .missing
    }
    let prefix = text.lowercased()
    guard !prefix.isEmpty, prefix.utf8.count <= 32, prefix.allSatisfy(\.isHexDigit) else {
      return .malformed
    }
    let found = try await traceIDs(prefix: prefix, limit: 100)
    if found.count > 1 { return .ambiguous(found) }
    return found.first.map { .found($0) } ?? .missing
  }
}
