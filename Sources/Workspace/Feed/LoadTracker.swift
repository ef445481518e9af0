import Explorer
import Intake
import Telemetry

/// Everything that is being read, as one bar, once it has taken half a second.
struct LoadTracker: Sendable {
  /// Shorter than this no bar is worth the flicker.
  private static let threshold: UInt64 = 500_000_000

  private var loads: [String: (progress: FileProgress, start: UInt64)] = [:]
  private var isShown = false

  mutating func progress(_ name: String, _ progress: FileProgress, now: UnixNanos) {
    loads[name] = (progress, loads[name]?.start ?? now.sinceEpoch)
  }

  mutating func end(_ name: String) { loads[name] = nil }

  /// What the screen must be told; nil when it need not.
  mutating func action(now: UnixNanos) -> Action? {
    let known = loads.filter { $0.value.progress.totalBytes != nil }
    let start = known.values.map(\.start).min() ?? now.sinceEpoch
    let elapsed = now.sinceEpoch - min(start, now.sinceEpoch)
    guard !known.isEmpty, elapsed > Self.threshold else {
      guard isShown, known.isEmpty else { return nil }
      isShown = false
      return .loading(nil)
    }
    isShown = true
    let name = known.count == 1 ? known.keys.first.map(Self.lastPart) ?? "" : "\(known.count) files"
    let parts = known.values.map(\.progress)
    return .loading(
      LoadProgress(
        name: name, done: ByteCount(parts.reduce(0) { $0 + $1.bytesRead }),
        total: ByteCount(parts.reduce(0) { $0 + ($1.totalBytes ?? 0) }),
        spans: parts.reduce(0) { $0 + $1.spans }, elapsed: Nanoseconds(Int64(clamping: elapsed))))
  }

  static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
