package import Explorer
package import QueryLanguage
package import Screen
import Telemetry

/// A program with one trace on its screen and no spans behind it but that.
package struct TraceStage {
  package var state = AppState()
  package private(set) var effects: [Effect] = []

  package init(
    _ view: TraceView, width: Int = 120, height: Int = 32, isUnicode: Bool = true,
    columns: [TraceColumn] = []
  ) {
    var setup = AppSetup(width: width, height: height, isUnicode: isUnicode, now: view.end)
    setup.traceColumns = columns
    _ = state.update(.start(setup))
    var feed = Feed()
    feed.serviceNames = view.nodes.map { view.texts[Int($0.service)] }
    _ = state.update(.feed(feed, generation: 0))
    _ = state.update(.key(.character("3")))
    _ = state.update(.open(.trace(view.id, nil)))
    show(view)
  }

  /// The trace as it is now, spans added; nil: it is not held any more.
  package mutating func show(_ view: TraceView?) {
    let context = state.context
    // Whatever changes, the screen asks for what is on it.
    let asked = state.update(.resize(width: context.width, height: context.height))
    for case .ask(let requestID, .trace) in asked {
      effects = state.update(.response(requestID, .trace(view)))
    }
  }

  package mutating func press(_ keys: Key...) {
    effects = keys.flatMap { state.update(.key($0)) }
  }

  /// Types a text key by key.
  package mutating func type(_ text: String) {
    effects = text.flatMap { state.update(.key(.character($0))) }
  }

  package var model: TraceModel { state.trace }

  /// Names of the spans of the rows shown, in order; `×N` behind a run.
  package var rowNames: [String] { model.rows.map { name(of: $0) } }

  package var selectedName: String { model.selectedRow.map { name(of: $0) } ?? "" }

  private func name(of row: TraceRow) -> String {
    let entry = model.tree.entries[Int(row.entry)]
    guard entry.node >= 0, let view = model.view else { return "missing" }
    let name = view.texts[Int(view.nodes[Int(entry.node)].name)]
    if case .run(let count) = row.kind { return "\(name) ×\(count)" }
    return name
  }
}

extension TraceStage {
  /// Answers a question that the last keys or answer asked.
  package mutating func respond(_ requestID: RequestID, _ response: Response) {
    effects = state.update(.response(requestID, response))
  }
}
