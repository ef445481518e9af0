import Synchronization

/// How far the work on a question has come, for whoever waits for the answer.
///
/// Told to the work as a task-local value: every piece it is cut into counts.
package final class QuestionProgress: Sendable {
  @TaskLocal package static var current: QuestionProgress?

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

  func announce(_ pieces: Int) { announced.wrappingAdd(pieces, ordering: .relaxed) }

  func finish() { done.wrappingAdd(1, ordering: .relaxed) }
}
