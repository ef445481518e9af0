import SpanStore
import Synchronization

/// A partial result of one segment.
protocol CachedPartial: Sendable {
  /// Heap bytes, about.
  var byteCount: Int { get }
}

/// Partial results of segments, so that a repeated query looks only at what is new.
///
/// Keyed by segment, the rows of it that are live, and everything that decides the answer. When the
/// cache is full, answers that nobody has asked for in a while make room; when all are in use a new
/// one is not kept: queries go over all segments in turn, and letting go what was asked for longest
/// ago would let go what is asked for next.
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
    /// Counts askings.
    var clock: UInt64 = 0
    /// When it is worth looking again for what is no longer asked for.
    var nextSweep: UInt64 = 0
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

  /// Asked for so many times as there are entries, an answer was passed over by whole rounds.
  private static var rounds: UInt64 { 3 }

  private func keep(_ partial: Partial, _ key: Key) {
    let bytes = partial.byteCount
    guard bytes <= limit / 8 else { return }
    state.withLock { state in
      if state.bytes + bytes > limit { Self.makeRoom(&state, limit) }
      guard state.bytes + bytes <= limit else { return }
      if let known = state.entries[key] { state.bytes -= known.bytes }
      state.bytes += bytes
      state.entries[key] = Entry(partial: partial, bytes: bytes, lastUse: state.clock)
    }
  }

  /// Lets go what is no longer asked for, once a round.
  private static func makeRoom(_ state: inout State, _ limit: Int) {
    guard state.clock >= state.nextSweep else { return }
    let round = UInt64(state.entries.count)
    let stale = state.clock - min(state.clock, rounds * round)
    for (key, entry) in state.entries where entry.lastUse < stale {
      state.entries[key] = nil
      state.bytes -= entry.bytes
    }
    state.nextSweep = state.clock + round / 2 + 1
  }
}
