/// Whether an answer is still waited for: every loop that may be long asks now and then.
///
/// A thread of the pool is busy until its piece of work ends, so a piece has to notice by itself.
enum Cancellation {
  /// Rows, groups or comparisons that take well under a millisecond.
  static let stride = 4_096

  /// Bytes of text after which a scan of texts asks.
  static let textStride = 1 << 16

  /// What is asked; a test puts a counter here.
  @TaskLocal static var isCancelled: @Sendable () -> Bool = { Task.isCancelled }

  /// - Throws: `CancellationError` when nobody waits any more.
  static func check() throws {
    if isCancelled() { throw CancellationError() }
  }

  /// The same for every ``stride``-th step of a loop.
  @inline(__always)
  static func check(at step: Int) throws {
    if step & (stride - 1) == 0 { try check() }
  }
}
