package import QueryLanguage

/// A line behind `/` while it is typed, with what could come next.
package struct FindInput: Equatable, Sendable {
  package private(set) var field: TextField
  package private(set) var popup = CompletionPopup()
  /// Why it cannot be looked for, until the text changes.
  package internal(set) var error: QueryError?

  package init(_ text: String = "") { field = TextField(text) }

  package var text: String { field.text }

  /// What is meant by it.
  package func meaning(_ catalog: FieldCatalog) throws(QueryError) -> FindText {
    try FindText(text, catalog)
  }

  mutating func edit(_ edit: TextEdit, _ catalog: FieldCatalog) {
    field.edit(edit)
    error = nil
    complete(catalog)
  }

  /// - Returns: false for what is not of the list of completions: to take the text, or to leave.
  mutating func perform(_ command: InputCommand, _ catalog: FieldCatalog) -> Bool {
    switch command {
    case .accept:
      guard let item = popup.selectedItem else { return false }
      take(item, catalog)
    case .leave:
      guard popup.selected != nil else { return false }
      popup.selected = nil
    case .complete: if let item = popup.chosen { take(item, catalog) }
    case .down, .enterList: if !popup.isEmpty { popup.move(1) }
    case .up, .previous, .leaveList: if popup.selected != nil { popup.move(-1) }
    case .pageDown: if !popup.isEmpty { popup.move(7) }
    case .pageUp: if popup.selected != nil { popup.move(-7) }
    }
    return true
  }

  /// Puts an item, by its index, in place of what is typed.
  mutating func take(_ index: Int, _ catalog: FieldCatalog) {
    if popup.list.items.indices.contains(index) { take(popup.list.items[index], catalog) }
  }

  private mutating func take(_ item: CompletionItem, _ catalog: FieldCatalog) {
    field.take(item, in: popup.list.replace)
    complete(catalog)
  }

  private mutating func complete(_ catalog: FieldCatalog) {
    guard !field.isEmpty else { return popup = CompletionPopup() }
    popup = CompletionPopup(
      in: field,
      Completion.suggest(
        in: .filter, field.text, cursor: field.head.utf8.count, of: Query(), catalog: catalog))
  }
}

extension TextField {
  /// Puts a completion in place of what is typed, and `end` behind it where more is to come.
  mutating func take(_ item: CompletionItem, in bytes: Range<Int>, end: String = " ") {
    let range = index(ofByte: bytes.lowerBound)..<index(ofByte: bytes.upperBound)
    replace(range, with: item.text)
    let isOpen = item.text.hasSuffix("(") || item.text.hasSuffix(".")
    if cursor == characters.count, !isOpen, item.kind != .calculation { insert(end) }
  }
}
