import QueryLanguage
import SpanStore
import Telemetry

/// Reads whole spans back from their segments.
enum SpanReading {
  /// The spans named, those that are held.
  ///
  /// - Complexity: O(keys × (log traces + spans of their traces)).
  static func spans(_ keys: [SpanKey], _ snapshot: Snapshot) throws -> SpanBatch {
    var batch = SpanBatch()
    // How often each key was named before: spans of a trace may share an id.
    var named: [SpanKey: Int] = [:]
    // Neighbours of one segment come together: they share what they say of their resource.
    var last: Segment?
    var rows: [Int] = []
    for (index, key) in keys.enumerated() {
      if index % 1_024 == 0 { try Task.checkCancellation() }
      let copies = snapshot.parts(of: key.trace).flatMap { part in
        let segment = part.view.segment
        return segment.traces.rows(part.trace).lazy
          .filter { segment.spanIDs[$0] == key.span.value }.map { (segment: segment, row: $0) }
      }
      guard !copies.isEmpty else { continue }
      let (segment, row) = copies[named[key, default: 0] % copies.count]
      if copies.count > 1 { named[key, default: 0] += 1 }
      if let before = last, before !== segment {
        before.append(rows: rows, to: &batch)
        rows.removeAll(keepingCapacity: true)
      }
      last = segment
      rows.append(row)
    }
    last?.append(rows: rows, to: &batch)
    return batch
  }
}
