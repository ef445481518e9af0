import QueryLanguage
import Testing

@testable import Explorer

/// A query while it is typed.
@Suite struct QueryDraftTests {
  private let catalog = FieldCatalog(
    fields: [
      FieldSummary(name: "duration_ms", scope: .automatic, type: .double, spans: 100),
      FieldSummary(
        name: "http.route", scope: .span, type: .text, spans: 60, distinct: 2,
        top: [(.text("/home"), 40), (.text("/über"), 20)]),
    ], spanCount: 100)

  private func draft(_ clause: QueryClause, _ text: String) -> QueryDraft {
    var draft = QueryDraft(Query(), at: .clause(clause))
    draft.field = TextField(text)
    draft.complete(catalog)
    return draft
  }

  @Test("a field between the parentheses of a calculation closes them")
  func parentheses() throws {
    var draft = draft(.visualize, "P99(dur")
    draft.accept(try #require(draft.popup.chosen), catalog)
    #expect(draft.field.text == "P99(duration_ms)")
  }

  @Test("a field in WHERE gets a blank behind it, not a parenthesis")
  func blank() throws {
    var draft = draft(.filter, "(dur")
    draft.accept(try #require(draft.popup.chosen), catalog)
    #expect(draft.field.text == "(duration_ms ")
  }

  @Test("a value replaces what is typed of it, quotes and letters beyond ASCII included")
  func values() throws {
    var draft = draft(.filter, "http.route = \"/ü")
    draft.accept(try #require(draft.popup.chosen), catalog)
    #expect(draft.field.text == "http.route = \"/über\" ")
    #expect(draft.field.cursor == draft.field.characters.count)
  }

  @Test("the rest of the line stays when a word in its middle is completed")
  func middle() throws {
    var draft = draft(.filter, "http.ro = \"/home\"")
    draft.field.moveCursor(to: 7)
    draft.complete(catalog)
    draft.accept(try #require(draft.popup.chosen), catalog)
    #expect(draft.field.text == "http.route = \"/home\"")
    #expect(draft.field.cursor == 10)
  }

  @Test("Tab takes nothing when nothing or a whole word is typed")
  func nothing() {
    #expect(draft(.visualize, "").popup.chosen == nil)
    #expect(draft(.groupBy, "http.route").popup.chosen == nil)
    #expect(draft(.groupBy, "http.r").popup.chosen?.text == "http.route")
  }

  @Test("moving down in the list selects, moving up past its top leaves it")
  func list() {
    var popup = draft(.visualize, "").popup
    popup.move(1)
    #expect(popup.selected == 0)
    popup.move(1_000)
    #expect(popup.selected == popup.list.items.count - 1)
    popup.move(-1_000)
    #expect(popup.selected == nil)
  }

  @Test("the first clause that cannot be read is told with the place in its own text")
  func faults() {
    var draft = draft(.filter, "a = ")
    draft.clauses[.limit] = TextField("many")
    do {
      _ = try draft.parsed()
      Issue.record("it was read")
    } catch {
      #expect(error.fault.position == .clause(.filter))
    }
  }

  @Test("what is typed and what runs are the same query in both forms")
  func forms() throws {
    let query = try QueryText.parse(
      "VISUALIZE COUNT, P95(`odd name`) WHERE a = 1 OR NOT b exists GROUP BY root.c"
        + " HAVING COUNT > 2 ORDER BY COUNT ASC LIMIT 3 LAST 10m EVERY 5s")
    #expect(try QueryDraft(query, at: .clause(.visualize)).parsed() == query)
    #expect(try QueryDraft(query, at: .whole).parsed() == query)
  }
}
