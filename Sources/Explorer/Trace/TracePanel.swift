package import QueryLanguage
import Screen
package import Telemetry

/// Everything about one span, in lines: fields, events, links, resource, JSON.
package struct TracePanel: Sendable {
  package enum Tab: Int, CaseIterable, Hashable, Sendable {
    case fields, events, links, resource, json
  }

  package struct Line: Sendable {
    package var key: String
    package var value: String
    package var tone: Tone
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

  package enum Tone: Hashable, Sendable { case heading, text, number, bool, id, json, error, dim }

  /// What Enter acts on.
  package enum Target: Hashable, Sendable {
    case field(FieldRef, ResultValue)
    case link(TraceID, SpanID)
    /// Read in full.
    case text(String)
  }

  package private(set) var tab = Tab.fields
  package internal(set) var lines: [Line] = []
  package private(set) var cursor = ListCursor()
  package internal(set) var filter = ""
  package internal(set) var filterInput: TextField?

  package init() {}

  package var current: Line? {
    lines.indices.contains(cursor.selected) ? lines[cursor.selected] : nil
  }

  mutating func switchTab(_ step: Int) {
    let tabs = Tab.allCases
    tab = tabs[(tab.rawValue + step + tabs.count) % tabs.count]
    cursor = ListCursor()
  }

  mutating func move(_ motion: Motion, _ around: Surroundings) {
    let height = TracePanes(around.body, hasPanel: true).panel.height
    cursor.move(motion, count: lines.count, page: max(1, height - 2))
  }

  mutating func type(_ key: Key) {
    guard var field = filterInput else { return }
    switch key {
    case .escape:
      filterInput = nil
      filter = ""
    case .enter: filterInput = nil
    default:
      guard let edit = TextEdit(key) else { return }
      field.edit(edit)
      filterInput = field
      filter = field.text
    }
    cursor = ListCursor()
  }

  mutating func paste(_ text: String) {
    filterInput?.insert(text)
    filter = filterInput?.text ?? ""
    cursor = ListCursor()
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
    lines =
      wanted.isEmpty
      ? all
      : all.filter {
        $0.key.lowercased().contains(wanted) || $0.value.lowercased().contains(wanted)
      }
    cursor.fit(count: lines.count, page: max(1, cursor.page))
  }

  mutating func clear() { lines = [] }
}

extension TraceModel {
  /// The panel follows the cursor.
  mutating func refreshPanel() {
    guard let view, let node = selectedNode else { return panel.clear() }
    panel.show(node, of: view)
  }
}
