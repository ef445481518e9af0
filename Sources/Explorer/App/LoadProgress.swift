package import Telemetry

/// A file being read, once that has taken longer than half a second.
package struct LoadProgress: Equatable, Sendable {
  /// What is being read: a file's name, or `3 files`.
  package var name: String
  /// Read so far, as stored: packed bytes of a packed file.
  package var done: ByteCount
  /// Nil where the size cannot be known, as on a pipe.
  package var total: ByteCount?
  /// Found so far.
  package var spans: Int
  /// Since the first byte.
  package var elapsed: Nanoseconds

  package init(
    name: String, done: ByteCount, total: ByteCount?, spans: Int, elapsed: Nanoseconds
  ) {
    (self.name, self.done, self.total) = (name, done, total)
    (self.spans, self.elapsed) = (spans, elapsed)
  }

  /// 0 … 1, or nil when the end is unknown.
  package var share: Double? {
    guard let total, total.count > 0 else { return nil }
    return min(1, Double(done.count) / Double(total.count))
  }

  /// Bytes a second since the start.
  package var rate: ByteCount {
    ByteCount(Int(Double(done.count) / max(0.001, Double(elapsed.count) / 1e9)))
  }

  /// Time left at the rate so far; nil when that cannot be told.
  package var left: Nanoseconds? {
    guard let total, rate.count > 0 else { return nil }
    let seconds = Double(max(0, total.count - done.count)) / Double(rate.count)
    return Nanoseconds(Int64(min(seconds * 1e9, 9e18)))
  }
}
