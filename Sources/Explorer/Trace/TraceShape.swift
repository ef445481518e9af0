package import QueryLanguage

/// A view of a trace and what is worked out of it once, however it is folded or narrowed.
package struct TraceShape: Sendable {
  /// Nil while the trace is not there.
  package let view: TraceView?
  package let tree: TraceTree
  package let index: TraceIndex
  package let minimap: TraceMinimap

  init() { (view, tree, index, minimap) = (nil, TraceTree(), TraceIndex(), TraceMinimap()) }

  /// - Complexity: O(*n* log *n*) in the spans.
  init(_ view: TraceView) {
    self.view = view
    tree = TraceTree(view)
    index = TraceIndex(view, tree)
    minimap = TraceMinimap(view)
  }
}
