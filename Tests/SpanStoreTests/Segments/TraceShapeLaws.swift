import SpanStore
import Telemetry
import TestSupport
import Testing

/// Structure against a slow reference that looks at every pair of spans.
@Suite struct TraceShapeLaws {
  @Test("depth, children, self time and order follow from the parents", arguments: 1...80)
  func structure(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    let count = Int.random(in: 1...40, using: &random)
    for index in 0..<count {
      var span = SpanRecord()
      (span.traceHigh, span.traceLow, span.spanID) = (1, 1, UInt64(index + 1))
      // Any parent: itself, a later one, one that is not there.
      span.parentID = UInt64.random(in: 0...UInt64(count + 3), using: &random)
      span.start = UInt64.random(in: 100...200, using: &random)
      span.end = span.start + UInt64.random(in: 0...80, using: &random)
      batch.spans.append(span)
    }
    let segment = RestoringLaws.segment([batch]).segment
    #expect(segment.rowCount == count)
    #expect(Set(segment.spanIDs).count == count, "no span lost, seed \(seed)")
    for row in 0..<count {
      let span = try #require(batch.spans.first { $0.spanID == segment.spanIDs[row] })
      let parent = segment.parentRow(row)
      let isHeld = span.parentID >= 1 && span.parentID <= UInt64(count)
      if parent >= 0 {
        #expect(parent < row, "parents first, seed \(seed)")
        #expect(segment.spanIDs[parent] == span.parentID)
        #expect(segment.depth[row] == segment.depth[parent] + 1)
      } else if parent == -2 {
        #expect(!isHeld && span.parentID != 0)
      } else if span.parentID != 0 {
        let marks = SpanMarks(rawValue: UInt16(segment.marks[row]))
        #expect(marks.contains(.parentCycle), "a root with a parent is a cut cycle")
        let members = Self.cycle(of: span, batch)
        #expect(members.contains(span.spanID), "seed \(seed)")
        let starts = batch.spans.filter { members.contains($0.spanID) }.map(\.start)
        #expect(span.start == starts.min(), "cut above its earliest, seed \(seed)")
      }
      let children = (0..<count).filter { segment.parentRow($0) == row }
      #expect(Int(segment.childCount[row]) == children.count)
      #expect(segment.selfTime[row] == Self.selfTime(row, children, segment), "seed \(seed)")
      let starts = children.map { segment.start[$0] }
      #expect(starts == starts.sorted(), "children by start, seed \(seed)")
    }
  }

  /// Nanoseconds of a span in which no child runs, counted one by one.
  private static func selfTime(_ row: Int, _ children: [Int], _ segment: Segment) -> Int64 {
    let start = segment.start[row]
    return Int64(
      (start..<start + segment.duration[row]).filter { moment in
        !children.contains { child in
          moment >= segment.start[child] && moment < segment.start[child] + segment.duration[child]
        }
      }.count)
  }

  /// The ids on the way from a span to itself; none when its parents lead elsewhere.
  private static func cycle(of span: SpanRecord, _ batch: SpanBatch) -> Set<UInt64> {
    var members: Set<UInt64> = []
    var index = span.parentID
    for _ in 0...batch.spans.count {
      members.insert(index)
      if index == span.spanID { return members }
      guard let next = batch.spans.first(where: { $0.spanID == index }) else { return [] }
      index = next.parentID
    }
    return []
  }

  @Test("a chain of 100,000 spans is no deeper than a loop")
  func chain() {
    let batch = StoreLaws.trace(9, spans: 100_000, start: 1)
    let segment = RestoringLaws.segment([batch]).segment
    #expect(segment.depth.max == 99_999)
    #expect(segment.traces.rootCount(0) == 1)
  }
}
