import Synchronization

/// How far the work on a request has come, for whoever waits for its answer.
///
/// Told to the work as a task-local value, so that no method of ``QueryBackend`` has to hand it on:
/// a backend announces the pieces it cuts its work into and says when one is done.
package final class QueryProgress: Sendable {
  /// Of the request the task works on; nil when nobody follows it.
  @TaskLocal package static var current: QueryProgress?

  private let announced = Atomic(0)
  private let done = Atomic(0)

  /// Pieces of later steps that are not announced yet.
  private static let reserve = 16

  package init() {}

  /// 0 ..< 1: the pieces done of those known of, a few more kept in mind.
  package var share: Double {
    let done = done.load(ordering: .relaxed)
    return Double(done) / Double(announced.load(ordering: .relaxed) + Self.reserve)
  }

  /// Adds pieces that are still to be done.
  package func announce(_ pieces: Int) { announced.wrappingAdd(pieces, ordering: .relaxed) }

  /// Counts one announced piece as done.
  package func finish() { done.wrappingAdd(1, ordering: .relaxed) }
}
