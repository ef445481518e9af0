import Telemetry
import QueryLanguage
import SpanStore
import Synchronization

/// Lists the fields of the spans held.
///
/// What a segment says of a field is kept while the segment is held, unless it has very many
/// values; so a new list costs little more than what is new.
final class CatalogBuilder: Sendable {
  private struct Key: Hashable {
    let segment: UInt64
    let live: Bitmap?
    let field: FieldRef
  }

  private struct State {
    var tallies: [Key: FieldTally?] = [:]
    var last: (generation: UInt64, catalog: FieldCatalog)?
    var types: [Key: FieldType?] = [:]
    var names = FieldNames()
    /// Of the tallies, about.
    var bytes = 0
  }

  private let state = Mutex(State())

  /// Values past which a tally is made anew each time.
  private static let keptValues = 2_000

  private let limit: Int

  /// - Parameter limit: heap bytes of tallies to keep, about.
  init(limit: Int = 16 << 20) { self.limit = limit }

  /// Heap bytes of the tallies kept, about.
  var byteCount: Int { state.withLock { $0.bytes } }

  /// - Complexity: O(fields × spans) at first, then mostly O(fields × segments).
  func catalog(_ snapshot: Snapshot) async throws -> FieldCatalog {
    if let last = state.withLock(\.last), last.generation == snapshot.generation {
      return last.catalog
    }
    forgetGone(snapshot)
    let rows = snapshot.views.map(\.liveRows)
    let fields = fields(snapshot)
    var summaries: [FieldSummary] = []
    for field in fields {
      let tallies = try await Parallel.map(rows.count) { [self] index in
        tally(field, snapshot.views[index], rows[index])
      }
      if let summary = try await FieldTallies.summary(
        field, tallies.compactMap(\.self), isTraceWhole: snapshot.splits.isEmpty)
      {
        summaries.append(summary)
      }
    }
    let catalog = FieldCatalog(
      fields: summaries, spanCount: rows.reduce(0) { $0 + $1.count })
    state.withLock { $0.last = (snapshot.generation, catalog) }
    return catalog
  }

  private func tally(
    _ field: FieldRef, _ view: SegmentView, _ rows: SelectedRows
  ) -> FieldTally? {
    let key = Key(segment: view.segment.id, live: view.live, field: field)
    if let known = state.withLock({ $0.tallies[key] }) { return known }
    let tally = FieldTally(field, view, rows)
    if tally.map({ $0.valueCount <= Self.keptValues }) ?? true {
      let bytes = 256 + (tally?.valueCount ?? 0) * 32
      state.withLock { state in
        guard state.bytes + bytes <= limit else { return }
        state.tallies[key] = .some(tally)
        state.bytes += bytes
      }
    }
    return tally
  }

  private func forgetGone(_ snapshot: Snapshot) {
    let held = Set(snapshot.views.map(\.segment.id))
    state.withLock { state in
      state.tallies = state.tallies.filter { held.contains($0.key.segment) }
      state.bytes = state.tallies.values.reduce(0) { $0 + 256 + ($1?.valueCount ?? 0) * 32 }
      state.types = state.types.filter { held.contains($0.key.segment) }
    }
  }

  /// Built-ins in their order, then attributes by name and position.
  func fields(_ snapshot: Snapshot) -> [FieldRef] {
    var attributes = state.withLock { $0.names.all(snapshot) }
    var known = Set(attributes)
    for view in snapshot.views {
      for name in view.segment.overflowNames(limit: Self.overflowLimit) {
        known.insert(FieldRef(name, scope: .span))
      }
      if known.count > attributes.count + 10 * Self.overflowLimit { break }
    }
    if known.count > attributes.count { attributes = FieldNames.sorted(known) }
    return BuiltinField.allCases.map { FieldRef($0.rawValue) } + attributes
  }

  /// Names without a column of which a segment lists the commonest.
  private static let overflowLimit = 100

  // MARK: For checking a query

  /// The names of all fields with the types of those that are `named`: what a check needs, without
  /// counting values.
  func names(_ snapshot: Snapshot, named: [FieldRef]) -> FieldCatalog {
    let wanted = Set(named.map(\.name))
    var known = state.withLock { $0.names.all(snapshot) }
    for name in wanted where snapshot.views.contains(where: { $0.segment.hasOverflow(name) }) {
      let field = FieldRef(name, scope: .span)
      if !known.contains(field) { known.append(field) }
    }
    let fields = known.map { field in
      FieldSummary(
        name: field.name, scope: field.scope,
        type: wanted.contains(field.name) ? type(field, snapshot) ?? .mixed : .mixed, spans: 1)
    }
    let builtins = BuiltinField.allCases.map {
      FieldSummary(name: $0.rawValue, scope: .automatic, type: $0.type, spans: 1)
    }
    return FieldCatalog(
      fields: builtins + fields, spanCount: snapshot.views.reduce(0) { $0 + $1.liveCount })
  }

  private func type(_ field: FieldRef, _ snapshot: Snapshot) -> FieldType? {
    var types: Set<FieldType> = []
    for view in snapshot.views {
      let key = Key(segment: view.segment.id, live: nil, field: field)
      let type: FieldType?
      if let known = state.withLock({ $0.types[key] }) {
        type = known
      } else {
        type = FieldSource.values(field, view.segment)?.type
        state.withLock { state in
          if state.types.count > 100_000 { state.types.removeAll() }
          state.types[key] = .some(type)
        }
      }
      if let type { types.insert(type) }
    }
    return types.count > 1 ? .mixed : types.first
  }
}

extension SegmentView {
  /// The rows that count.
  var liveRows: SelectedRows {
    live.map { SelectedRows($0) } ?? SelectedRows(all: segment.rowCount)
  }
}
