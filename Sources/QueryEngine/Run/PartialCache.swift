import SpanStore
import Synchronization

/// A partial result of one segment.
protocol CachedPartial: Sendable {
  /// Heap bytes, about.
  var byteCount: Int { get }
}

/// Partial results of segments, so that a repeated query looks only at what is new.
///
/// Keyed by segment, the rows of it that are live, and everything that decides the answer. The
/// answers longest not asked for go first when the cache is full.
final class PartialCache<Needs: Hashable & Sendable, Partial: CachedPartial>: Sendable {
  private struct Key: Hashable {
    let segment: UInt64
    let live: Bitmap?
    let needs: Needs
  }

  private struct Entry {
    let partial: Partial
    let bytes: Int
    var lastUse: UInt64
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var bytes = 0
    var clock: UInt64 = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: bytes of partial results to keep, about.
  init(limit: Int = 64 << 20) { self.limit = limit }

  /// Bytes kept, about.
  var byteCount: Int { state.withLock { $0.bytes } }

  /// What is kept, or what `scan` finds.
  func partial(
    _ view: SegmentView, _ needs: Needs, scan: () throws -> Partial
  ) throws -> Partial {
    let key = Key(segment: view.segment.id, live: view.live, needs: needs)
    let known = state.withLock { state in
      state.clock += 1
      state.entries[key]?.lastUse = state.clock
      return state.entries[key]?.partial
    }
    if let known { return known }
    let partial = try scan()
    keep(partial, key)
    return partial
  }

  private func keep(_ partial: Partial, _ key: Key) {
    let bytes = partial.byteCount
    guard bytes <= limit / 8 else { return }
    state.withLock { state in
      if state.entries[key] == nil { state.bytes += bytes }
      state.entries[key] = Entry(partial: partial, bytes: bytes, lastUse: state.clock)
      guard state.bytes > limit else { return }
      // A quarter at once, so that a full cache is not sorted for every entry.
      let oldest = state.entries.sorted { $0.value.lastUse < $1.value.lastUse }
      for (key, entry) in oldest where state.bytes > limit * 3 / 4 {
        state.entries[key] = nil
        state.bytes -= entry.bytes
      }
    }
  }
}
