package import QueryLanguage
import Screen

/// A query while it is typed: the text of each clause, or of the whole query, and what could come
/// next.
package struct QueryDraft: Equatable, Sendable {
  /// What is being typed.
  package enum Position: Hashable, Sendable {
    case clause(QueryClause)
    case whole
  }

  /// Why the query cannot run, shown under the words it is about.
  package struct Fault: Equatable, Sendable {
    /// The text that the error's range is in.
    package var position: Position
    package var error: QueryError
  }

  /// Where the cursor is.
  package internal(set) var position = Position.clause(.visualize)
  /// The texts of the clauses, valid or not.
  package internal(set) var clauses: [QueryClause: TextField] = [:]
  /// The text of the whole query.
  package internal(set) var whole = TextField()
  /// Of the last attempt to run it, until the text changes.
  package internal(set) var fault: Fault?
  /// What could be typed next.
  package internal(set) var popup = CompletionPopup()

  /// Whose clocks instants are written and read by.
  package let zone: ZoneOffsets

  package init() { zone = .utc }

  /// The texts of `query`, each with its cursor at the end.
  package init(_ query: Query, at position: Position, zone: ZoneOffsets = .utc) {
    self.zone = zone
    for clause in QueryClause.allCases {
      clauses[clause] = TextField(query.text(of: clause, zone: zone))
    }
    whole = TextField(QueryText.print(query, zone: zone))
    self.position = position
  }

  /// The text of a clause; empty where nothing was typed.
  package func field(_ clause: QueryClause) -> TextField { clauses[clause] ?? TextField() }

  /// The text at the cursor.
  package var field: TextField {
    get {
      switch position {
      case .clause(let clause): field(clause)
      case .whole: whole
      }
    }
    set {
      switch position {
      case .clause(let clause): clauses[clause] = newValue
      case .whole: whole = newValue
      }
    }
  }

  /// The query as typed.
  ///
  /// - Throws: the first fault and where it is.
  package func parsed() throws(QueryDraftError) -> Query {
    switch position {
    case .whole:
      do {
        return try QueryText.read(whole.text, zone: zone).query
      } catch {
        throw QueryDraftError(fault: Fault(position: .whole, error: error))
      }
    case .clause:
      do {
        return try Query(clauses: clauses.mapValues(\.text), zone: zone)
      } catch {
        throw QueryDraftError(fault: Fault(position: .clause(error.clause), error: error.error))
      }
    }
  }

  /// The clauses that can be read, for completing the others.
  private var readable: Query {
    var query = Query()
    for clause in QueryClause.allCases {
      try? query.set(clause, to: field(clause).text, zone: zone)
    }
    return query
  }

  /// Works out what could stand at the cursor.
  ///
  /// - Complexity: O(text + fields · letters typed).
  mutating func complete(_ catalog: FieldCatalog) {
    let field = field
    let cursor = field.head.utf8.count
    let list =
      switch position {
      case .whole: Completion.suggest(field.text, cursor: cursor, catalog: catalog)
      case .clause(let clause):
        Completion.suggest(
          in: clause, field.text, cursor: cursor, of: readable, catalog: catalog)
      }
    popup = CompletionPopup(in: field, list)
  }

  /// Puts an item in place of what is typed.
  mutating func accept(_ item: CompletionItem, _ catalog: FieldCatalog) {
    var field = field
    let end = item.kind == .field && isInCalculation(item) ? ")" : " "
    field.take(item, in: popup.list.replace, end: end)
    self.field = field
    fault = nil
    complete(catalog)
  }

  /// Whether a field is being completed between the parentheses of a calculation.
  private func isInCalculation(_ item: CompletionItem) -> Bool {
    let before = field.characters.prefix(field.index(ofByte: popup.list.replace.lowerBound))
    guard before.last == "(" else { return false }
    let word = before.dropLast().reversed().prefix {
      $0.isLetter || $0.isNumber || "_.".contains($0)
    }
    return CalculationKind(word: String(word.reversed()))?.takesField ?? false
  }

  /// The next or the previous clause; nil past the ends.
  static func neighbour(of clause: QueryClause, _ step: Int) -> QueryClause? {
    let all = QueryClause.allCases
    guard let position = all.firstIndex(of: clause), all.indices.contains(position + step) else {
      return nil
    }
    return all[position + step]
  }
}

/// A draft that cannot be read.
package struct QueryDraftError: Error, Equatable, Sendable {
  package var fault: QueryDraft.Fault
}

/// What could be typed next, and which of it is selected.
package struct CompletionPopup: Equatable, Sendable {
  /// What fits, the best first, and what of the text it would replace.
  package var list: CompletionList
  /// What is typed of the word at the cursor.
  package var typed: String
  /// Nil until an arrow goes into the list.
  package var selected: Int?

  init(_ list: CompletionList = CompletionList(replace: 0..<0, items: []), typed: String = "") {
    (self.list, self.typed) = (list, typed)
  }

  /// What could be typed next at the cursor of a field.
  init(in field: TextField, _ list: CompletionList) {
    let cursor = field.head.utf8.count
    self.init(list, typed: field.text(list.replace.lowerBound..<cursor))
  }

  package var isEmpty: Bool { list.items.isEmpty }

  var selectedItem: CompletionItem? {
    selected.flatMap { list.items.indices.contains($0) ? list.items[$0] : nil }
  }

  /// What Tab takes: the selected item, else the first when it completes what is typed.
  package var chosen: CompletionItem? {
    if let selectedItem { return selectedItem }
    guard !typed.isEmpty, let first = list.items.first, first.text != typed else { return nil }
    return list.items.contains { $0.text == typed } ? nil : first
  }

  /// Moves the selection; past the top nothing is selected.
  mutating func move(_ step: Int) {
    let next = (selected ?? -1) + step
    selected = next < 0 ? nil : min(next, list.items.count - 1)
  }
}

extension TextField {
  /// The character that begins at or after a UTF-8 offset.
  package func index(ofByte offset: Int) -> Int {
    var bytes = 0
    for (position, character) in characters.enumerated() {
      if bytes >= offset { return position }
      bytes += character.utf8.count
    }
    return characters.count
  }

  fileprivate func text(_ bytes: Range<Int>) -> String {
    let first = index(ofByte: bytes.lowerBound)
    let last = index(ofByte: bytes.upperBound)
    return first < last ? String(characters[first..<last]) : ""
  }
}
