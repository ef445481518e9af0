import QueryEngine
import QueryLanguage
import Telemetry
import Testing
import TraceSupport

@Suite struct CriticalPathLaws {
  @Test("the path is the one Jaeger's words describe", arguments: 1...300)
  func reference(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let nodes = random.next().nodes
    let expected = SlowCriticalPath.stretches(of: nodes)
    #expect(CriticalPath.stretches(of: nodes) == expected, "seed \(seed)")
  }

  @Test("under one root the path covers its whole duration once, without overlap")
  func cover() {
    for seed in UInt64(1)...60 {
      var random = RandomTrace(seed: seed)
      let nodes = random.next().nodes
      let tops = nodes.filter { $0.parent < 0 }
      let path = CriticalPath.stretches(of: nodes)
      let length = path.reduce(0) { $0 + $1.end.since($1.start) }
      // Zero-length spans in the path leave no stretch, and take nothing away.
      #expect(length <= tops.reduce(0) { $0 + $1.duration.count }, "seed \(seed)")
      for stretch in path {
        let node = nodes[Int(stretch.node)]
        #expect(stretch.start >= node.start && stretch.end <= node.end, "seed \(seed)")
      }
    }
  }

  @Test("of children side by side the last to end is on the path")
  func parallel() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    trace.span(2, in: 1, "short", 10, 40)
    trace.span(3, in: 1, "long", 10, 80)
    trace.span(4, in: 1, "before", 2, 9)
    let view = trace.view
    let path = CriticalPath.stretches(of: view.nodes).map { stretch in
      [
        Int64(view.nodes[Int(stretch.node)].spanID.value),
        stretch.start.since(view.start) / 1_000_000, stretch.end.since(view.start) / 1_000_000,
      ]
    }
    #expect(path == [[1, 0, 2], [4, 2, 9], [1, 9, 10], [3, 10, 80], [1, 80, 100]])
  }

  @Test("nobody waits for a consumer under a producer")
  func queue() {
    var trace = TraceBuilder()
    trace.span(1, "publish", 0, 10, kind: .producer)
    trace.span(2, in: 1, "process", 5, 9, kind: .consumer)
    #expect(CriticalPath.stretches(of: trace.view.nodes).map(\.node) == [0])
  }

  @Test("a chain of 100,000 spans is no deeper than a loop")
  func chain() {
    var trace = TraceBuilder()
    for depth in 1...100_000 {
      trace.span(UInt64(depth), in: UInt64(depth - 1), "deep", 0, 1)
    }
    #expect(!CriticalPath.stretches(of: trace.view.nodes).isEmpty)
  }
}
