package import QueryLanguage
import Screen
package import Telemetry

/// Everything about one span, in lines: fields, events, links, resource, JSON.
package struct TracePanel: Sendable {
  package enum Tab: Int, CaseIterable, Hashable, Sendable {
    case fields, events, links, resource, json
  }

  /// A field with its value, or a heading.
  package struct Line: Sendable {
    /// A field's name or a heading; empty in lines of running text.
    package var key: String
    /// An attribute's is whole: it is cut where it is drawn.
    package var value: String
    package var tone: Tone
    /// What Enter does; nil reads the value in full.
    package var target: Target?
    /// Of an attribute, in a word; empty where it goes without saying.
    package var type: String

    package init(
      _ key: String, _ value: String, _ tone: Tone, _ target: Target? = nil, type: String = ""
    ) {
      (self.key, self.value, self.tone, self.target) = (key, value, tone, target)
      self.type = type
    }
  }

  /// What kind of value it is, for its colour.
  package enum Tone: Hashable, Sendable { case heading, text, number, bool, id, json, error, dim }

  /// What Enter acts on.
  package enum Target: Hashable, Sendable {
    /// A value with a menu of its own.
    case field(FieldRef, ResultValue)
    /// Opens the trace that the link leads to.
    case link(TraceID, SpanID)
    /// Read in full.
    case text(String)
  }

  /// The smallest that is drawn, in cells.
  package static let leastWidth = 12
  package static let leastHeight = 3

  /// What of the span is shown.
  package private(set) var tab = Tab.fields
  /// The lines of ``tab`` that hold ``filter``, of the span under the cursor.
  package private(set) var list = ListModel<Line>()
  /// It has the keys.
  package internal(set) var isFocused = false
  /// Lines hold it in key or value; empty: all.
  package internal(set) var filter = ""
  /// Being typed; nil when it is not.
  package internal(set) var filterInput: TextField?

  package init() {}

  mutating func switchTab(_ step: Int) {
    let tabs = Tab.allCases
    tab = tabs[(tab.rawValue + step + tabs.count) % tabs.count]
    list.toFirst()
  }

  mutating func move(_ motion: Motion, _ context: Context) {
    let height = TracePanes(context.body, hasPanel: true).panel.height
    list.move(motion, page: max(1, height - 2))
  }

  /// - Parameter index: of the line pointed at; nil: none.
  mutating func point(_ pointer: Pointer, at index: Int?, _ context: Context) -> [Intent] {
    let height = TracePanes(context.body, hasPanel: true).panel.height
    if case .wheel(let rows) = pointer.gesture {
      list.scroll(rows, page: max(1, height - 2))
    } else if pointer.isClick, let index {
      list.select(index, page: max(1, height - 2))
      if pointer.gesture == .doubleClick { return [.enter] }
    }
    return []
  }

  mutating func show(_ tab: Tab) {
    self.tab = tab
    list.toFirst()
  }

  mutating func beginTyping() { filterInput = TextField(filter) }

  /// - Parameter isKept: the filter stays in force.
  mutating func endTyping(isKept: Bool) {
    filterInput = nil
    if !isKept { filter = "" }
    list.toFirst()
  }

  mutating func edit(_ edit: TextEdit) {
    filterInput?.edit(edit)
    filter = filterInput?.text ?? ""
    list.toFirst()
  }

  /// Rebuilds the lines for a span.
  mutating func show(_ node: Int, of view: TraceView) {
    let all =
      switch tab {
      case .fields: PanelLines.fields(node, view)
      case .events: PanelLines.events(node, view)
      case .links: PanelLines.links(node, view)
      case .resource: PanelLines.resource(node, view)
      case .json: PanelLines.json(node, view)
      }
    let wanted = filter.lowercased()
    let lines =
      wanted.isEmpty
      ? all
      : all.filter {
        $0.key.lowercased().contains(wanted) || $0.value.lowercased().contains(wanted)
      }
    list.replace(lines, selecting: nil, page: list.cursor.page)
  }

  mutating func clear() { list = ListModel() }
}
