package import QueryLanguage
package import Telemetry

/// A stretch of time being marked on the graphs of Home.
package struct HomeMark: Equatable, Sendable {
  /// Where marking began, and where the cursor is: within their buckets.
  package internal(set) var anchor: UnixNanos
  package internal(set) var point: UnixNanos
}

extension HomeModel {
  /// `v`: begins where the graph has most to tell; again: gives up.
  mutating func toggleMark() -> [Intent] {
    guard mark == nil else {
      mark = nil
      return []
    }
    guard let result = figures.byService, !result.times.isEmpty, result.spansMatched > 0 else {
      return [.notice(Notice("there is nothing to mark"))]
    }
    let bucket = peak(of: focus) ?? result.times.count - 1
    let (start, end) = result.span(ofBucket: bucket)
    let middle = start.advanced(by: max(0, end.since(start)) / 2)
    mark = HomeMark(anchor: middle, point: middle)
    return []
  }

  mutating func moveMark(_ motion: Motion) {
    guard var moved = mark, let result = figures.byService, !result.times.isEmpty else { return }
    var bucket = result.bucket(at: moved.point)
    let last = result.times.count - 1
    let leap = max(1, last / 10)
    switch motion {
    case .left: bucket -= 1
    case .right: bucket += 1
    case .pageUp, .halfPageUp: bucket -= leap
    case .pageDown, .halfPageDown: bucket += leap
    case .first: bucket = 0
    case .last: bucket = last
    case .up, .down: return
    }
    let (start, end) = result.span(ofBucket: min(last, max(0, bucket)))
    moved.point = start.advanced(by: max(0, end.since(start)) / 2)
    mark = moved
  }

  /// The other end of what is marked gets the cursor.
  mutating func swapMark() {
    guard let old = mark else { return }
    mark = HomeMark(anchor: old.point, point: old.anchor)
  }

  /// Enter: every screen shows what is marked.
  mutating func zoomToMark() -> [Intent] {
    guard let span = markedSpan else { return [] }
    mark = nil
    return [.setTime(.range(from: .instant(span.start), to: .instant(span.end)))]
  }

  /// What is marked, in whole buckets.
  package var markedSpan: TimeSpan? {
    guard let result = figures.byService, let buckets = markedBuckets(result) else { return nil }
    return TimeSpan(
      result.span(ofBucket: buckets.lowerBound).from, result.span(ofBucket: buckets.upperBound).to)
  }

  /// The buckets of a graph that are marked.
  package func markedBuckets(_ result: QueryResult) -> ClosedRange<Int>? {
    guard let mark, !result.times.isEmpty else { return nil }
    let (a, b) = (result.bucket(at: mark.anchor), result.bucket(at: mark.point))
    return min(a, b)...max(a, b)
  }

  /// The bucket with the largest value of a graph.
  private func peak(of pane: Pane) -> Int? {
    let result =
      switch pane {
      case .errors: figures.errors
      case .duration: figures.durations
      default: figures.byService
      }
    guard let result, !result.times.isEmpty else { return nil }
    let calculation = pane == .duration ? result.query.calculations.count - 1 : 0
    return result.peak(calculation, row: nil).bucket
  }
}
