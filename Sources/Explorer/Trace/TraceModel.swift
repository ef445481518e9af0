package import QueryLanguage
import Screen
package import Telemetry

/// The Trace screen: one trace, shown in one of several ways.
package struct TraceModel: ScreenComponent {
  package static let id = ScreenID("trace")
  package static let title = "Trace"

  /// What has the keys.
  package struct Pane: KeyMode {
    /// As the table of keys writes it.
    package let title: String

    package init(_ title: String) { self.title = title }

    package static let waterfall = Pane("waterfall")
    package static let panel = Pane("fields")
    package static let search = Pane("search")
    package static let panelFilter = Pane("filter of fields")
    package static let statistics = Pane("statistics")
    package static let flame = Pane("flame graph")
    package static let notes = Pane("notes")

    package static let allCases = TraceTabs.types.flatMap { $0.panes } + [notes]
  }

  /// Of the trace asked for; nil before there was one.
  package private(set) var id: TraceID?
  package internal(set) var tabs = TraceTabs()
  /// What is striking about the trace; empty until it has been looked for.
  package internal(set) var notes = TraceNotes()
  /// Why it could not be had.
  package private(set) var failure: QueryError?
  /// The trace is not held, or not any more.
  package private(set) var isMissing = false
  /// Traces left by a link, with the span the cursor was on.
  private var visited: [(id: TraceID, span: SpanID?)] = []

  package static let slot = Slot(TraceModel.id, "trace")
  /// Of a search that the engine answers.
  package static let findSlot = Slot(TraceModel.id, "find")

  package init() {}

  /// A model of a trace for paper: every span has its row, nothing is folded.
  package init(printing view: TraceView, columns: [TraceColumn]) {
    tabs[WaterfallTab.self].print(view, columns)
    notes.receive(TraceNote.all(view))
  }

  /// Nil while it is not there.
  package var view: TraceView? { tabs[WaterfallTab.self].view }

  package var pane: Pane {
    let shown = tabs.shown
    return shown.isTyping || !notes.isOpen ? shown.pane : .notes
  }

  package var isTyping: Bool { tabs.shown.isTyping }

  package mutating func receive(_ news: News, _ context: Context) {
    if case .setup(let setup) = news { tabs[WaterfallTab.self].show(columns: setup.traceColumns) }
  }

  /// Opens a trace, with the cursor on a span.
  package mutating func open(_ destination: Destination, _ context: Context) -> [Intent] {
    guard case .trace(let id, let span) = destination else { return [] }
    if self.id != id { visited = [] }
    return open(id, span, context)
  }

  private mutating func open(
    _ id: TraceID, _ span: SpanID?, _ context: Context
  ) -> [Intent] {
    if self.id != id {
      var waterfall = tabs[WaterfallTab.self]
      waterfall.reset()
      tabs = TraceTabs()
      tabs[WaterfallTab.self] = waterfall
      (notes, failure, isMissing) = (TraceNotes(), nil, false)
    }
    self.id = id
    tabs[WaterfallTab.self].wanted = span
    tabs[WaterfallTab.self].placeCursor(context)
    return [.ask(Self.slot, .trace(id))]
  }

  package mutating func refresh(_ context: Context, isNew: Bool) -> [Intent] {
    tabs[WaterfallTab.self].fitPanel(context)
    return id.map { [.ask(Self.slot, .trace($0))] } ?? []
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ context: Context
  ) -> [Intent] {
    switch response {
    case .trace(let found) where slot == Self.slot: return receive(found, context)
    case .notes(let found) where slot == TraceNotes.slot: notes.receive(found)
    case .failure(let error) where slot == Self.slot: failure = error
    default: return tabs[WaterfallTab.self].receive(response, in: slot, context)
    }
    return []
  }

  private mutating func receive(_ found: TraceView?, _ context: Context) -> [Intent] {
    guard let found else {
      isMissing = view == nil
      return []
    }
    (isMissing, failure) = (false, nil)
    if let view, view.isSame(as: found) { return tabs[WaterfallTab.self].refresh(context) }
    let intents = tabs[WaterfallTab.self].receive(found, context)
    tabs.shown.receive(found)
    return intents + notes.ask(found)
  }

  package mutating func edit(_ edit: TextEdit, _ context: Context) -> [Intent] {
    tabs.shown.edit(edit, context)
  }

  // MARK: Commands

  /// A command goes to the notes while they are open, else to the tab shown, else it is of the
  /// whole screen.
  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    if pane == .notes, let intents = notes.perform(command) { return intents }
    if command == .close, notes.isOpen {
      notes.close()
      return []
    }
    if let intents = tabs.shown.perform(command, context) { return intents }
    switch command {
    case .nextTab: switchTab(1)
    case .previousTab: switchTab(-1)
    case .notes: return notes.toggle()
    case .write: return view.map { [.show(writeMenu($0))] } ?? []
    case .close: return close(context)
    case .showFound(let nodes, let name):
      tabs.showFirst()
      tabs[WaterfallTab.self].showFound(nodes, name, context)
    case .follow(let trace, let span):
      guard let id else { return [] }
      let waterfall = tabs[WaterfallTab.self]
      let here = waterfall.selectedNode.flatMap { waterfall.view?.nodes[$0].spanID }
      visited.append((id: id, span: here))
      return open(trace, span, context)
    default: break
    }
    return []
  }

  private mutating func switchTab(_ step: Int) {
    tabs.step(step)
    if let view { tabs.shown.receive(view) }
  }

  mutating func switchTab(to index: Int) {
    tabs.show(index)
    if let view { tabs.shown.receive(view) }
  }

  /// Back to the waterfall, then to the trace that a link was followed from, then away.
  private mutating func close(_ context: Context) -> [Intent] {
    if !tabs.isFirstShown {
      tabs.showFirst()
      return []
    }
    guard let last = visited.popLast() else { return [.back] }
    return open(last.id, last.span, context)
  }
}
