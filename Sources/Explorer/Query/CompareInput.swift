package import QueryLanguage

/// What is being typed on the Compare tab.
package struct CompareInput: Sendable {
  /// A part of the names of fields, or a WHERE expression with an optional time clause.
  package enum Kind: Sendable { case fields, selection, baseline }

  package var kind: Kind
  package var text: TextField
  /// Why what is typed cannot be read, until it is changed.
  package var error: QueryError?

  init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, TextField(text)) }

  package var title: String {
    switch kind {
    case .fields: "fields"
    case .selection: "selection"
    case .baseline: "baseline"
    }
  }
}

extension QueryModel {
  /// Asks for the names of fields, a selection or a baseline.
  mutating func type(_ kind: CompareInput.Kind, _ context: Context) {
    let tab = tabs[CompareTab.self]
    let text =
      switch kind {
      case .fields: tab.needle
      case .selection: tab.selectionText(query)
      case .baseline: tab.baselineText(query)
      }
    input = .compare(CompareInput(kind, text))
  }

  mutating func edit(_ edit: TextEdit, _ old: CompareInput, _ context: Context) {
    var typed = old
    typed.text.edit(edit)
    typed.error = nil
    input = .compare(typed)
    guard typed.kind == .fields else { return }
    tabs[CompareTab.self].needle = typed.text.text
    tabs[CompareTab.self].arrange(page(context))
  }

  mutating func perform(
    _ command: InputCommand, _ old: CompareInput, _ context: Context
  ) -> [Intent] {
    var typed = old
    switch command {
    case .leave:
      input = nil
      guard typed.kind == .fields else { return [] }
      tabs[CompareTab.self].needle = ""
      tabs[CompareTab.self].arrange(page(context))
    case .accept:
      if typed.kind == .fields {
        input = nil
        return []
      }
      do {
        let choice = try SpanChoice(text: typed.text.text)
        input = nil
        tabs[CompareTab.self].use(choice, as: typed.kind, page(context))
        return askShown(context)
      } catch {
        typed.error = error
        input = .compare(typed)
      }
    case .down, .up:
      // The fields move while their names are typed.
      guard typed.kind == .fields else { return [] }
      tabs[CompareTab.self].move(command == .down ? .down : .up, page(context))
    case .complete, .previous, .pageDown, .pageUp, .enterList, .leaveList: break
    }
    return []
  }
}
