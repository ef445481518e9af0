package import QueryLanguage

/// What the graphs of Home show; each may be missing, or older than the others.
package struct HomeFigures: Sendable {
  /// COUNT, P50, P95 and P99 by service.
  package internal(set) var byService: QueryResult?
  /// COUNT of errors by service.
  package internal(set) var errors: QueryResult?
  /// P50, P95 and P99 of everything.
  package internal(set) var durations: QueryResult?

  init() {}
}
