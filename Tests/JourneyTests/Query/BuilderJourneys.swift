import Foundation
import Explorer
import QueryLanguage
import Screen
import Testing
import TraceSupport
import Views

/// Keys into the builder, frames out of it.
@Suite struct BuilderJourneys {
  @Test("a screen opened for the first time has run a useful query")
  func first() async {
    let stage = await QueryStage()
    let text = stage.frame
    #expect(text.contains("VISUALIZE COUNT, HEATMAP(duration_ms)"))
    #expect(text.contains("73 of 73 spans"))
    #expect(stage.model.history.isEmpty)
  }

  @Test("Tab opens the clauses, typing completes, Enter runs")
  func typing() async {
    var stage = await QueryStage()
    await stage.press(.tab)
    #expect(stage.model.pane == .clause)
    await stage.type(", P99")
    #expect(stage.frame.contains("99 % of the values"))
    await stage.press(.tab)
    await stage.type("dur")
    await stage.press(.tab)
    #expect(stage.model.draft?.field.text == "COUNT, HEATMAP(duration_ms), P99(duration_ms)")
    await stage.press(.tab, .tab)
    await stage.type("serv")
    await stage.press(.control("n"), .enter, .enter)
    #expect(
      stage.queryText
        == "VISUALIZE COUNT, HEATMAP(duration_ms), P99(duration_ms) GROUP BY service.name")
    #expect(stage.model.pane == .table)
    #expect(stage.frame.contains("2 groups"))
  }

  @Test("values seen in the data are offered with their counts")
  func values() async {
    var stage = await QueryStage()
    await stage.press(.character("/"))
    await stage.type("user.id = a")
    let text = stage.frame
    let count = stage.spans.filter { $0.user == "ann" }.count
    #expect(text.contains("ann") && text.contains("\(count)"))
    await stage.press(.tab, .enter)
    #expect(stage.model.query.filter == .compare(FieldRef("user.id"), .equal, .text("ann")))
  }

  @Test("printable keys type while a clause is edited: no shortcut fires")
  func noShortcuts() async {
    var stage = await QueryStage()
    await stage.press(.character("/"))
    await stage.type("q?:1 t Z h w u")
    #expect(stage.model.draft?.field.text == "q?:1 t Z h w u")
    #expect(stage.state.screen == .query && stage.state.overlay == nil)
  }

  @Test("the parse error stands under its word; Esc takes it away, another one restores what ran")
  func errors() async throws {
    var stage = await QueryStage(width: 120)
    await stage.press(.character("/"))
    await stage.type("duration_ms > 5 AN x = 1")
    await stage.press(.enter)
    let lines = stage.frame.split(separator: "\n", omittingEmptySubsequences: false)
    let position = try #require(lines.firstIndex { $0.contains("> 5 AN x") })
    let word = try #require(lines[position].range(of: "AN x")).lowerBound
    let caret = try #require(lines[position + 1].firstIndex(of: "^"))
    let column = lines[position].distance(from: lines[position].startIndex, to: word)
    #expect(lines[position + 1].distance(from: lines[position + 1].startIndex, to: caret) == column)
    await stage.press(.escape)
    #expect(stage.frame.contains("> 5 AN x") && stage.model.draft?.fault == nil)
    await stage.press(.escape)
    #expect(stage.model.pane == .table)
    #expect(stage.model.query == QueryModel.first)
    // What could not be run is not lost: the next edit goes on with it.
    await stage.press(.character("i"))
    #expect(stage.model.draft?.field(.filter).text == "duration_ms > 5 AN x = 1")
    await stage.press(.escape, .character("/"))
    #expect(stage.model.draft?.field.text == "duration_ms > 5 AN x = 1")
  }

  @Test("a text that is whole is left as it was by Esc")
  func leaving() async {
    var stage = await QueryStage(width: 120)
    await stage.press(.character("/"))
    await stage.type("duration_ms > 5")
    await stage.press(.escape)
    #expect(stage.model.pane == .table)
    await stage.press(.character("/"))
    #expect(stage.model.draft?.field.isEmpty == true)
  }

  @Test("Down goes from clause to clause, unless the list of completions was entered")
  func downAndList() async {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.character("/"))
    await stage.type("http")
    #expect(stage.frame.contains("Tab takes, Ctrl-n chooses"))
    await stage.press(.down)
    #expect(stage.model.draft?.position == .clause(.groupBy))
    // Nothing is typed: Tab takes nothing here, and nothing says so.
    #expect(stage.frame.contains("Ctrl-n chooses") && !stage.frame.contains("Tab takes"))
    await stage.press(.control("n"), .down)
    #expect(stage.model.draft?.popup.selected == 1)
    #expect(stage.model.draft?.position == .clause(.groupBy))
    await stage.press(.control("p"), .control("p"), .down)
    #expect(stage.model.draft?.position == .clause(.orderBy))
  }

  @Test("Tab takes what the list says it takes, in every clause")
  func tabTakes() async {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.character("/"))
    await stage.type("http.ro")
    #expect(stage.frame.contains("Tab takes"))
    await stage.press(.tab)
    #expect(stage.model.draft?.field.text == "http.route ")
  }

  @Test("a field of texts under P99 is refused in its clause before anything runs")
  func types() async {
    var stage = await QueryStage(width: 120)
    await stage.press(.character("i"))
    await stage.press(.control("u"))
    await stage.type("P99(user.id)")
    await stage.press(.enter)
    #expect(stage.frame.contains("P99 needs numbers"))
    #expect(stage.askedTraces.isEmpty && stage.model.pane == .clause)
  }

  @Test("in the whole text too, the parse error stands right under its word")
  func errorInWhole() async throws {
    for width in [80, 120] {
      var stage = await QueryStage(width: width)
      await stage.press(.character("e"), .control("u"))
      await stage.type("VISUALIZE COUNT WHERE error GRUOP BY name")
      await stage.press(.enter)
      let lines = stage.frame.split(separator: "\n", omittingEmptySubsequences: false)
      let position = try #require(lines.firstIndex { $0.contains("GRUOP BY") })
      let word = try #require(lines[position].range(of: "GRUOP")).lowerBound
      let caret = try #require(lines[position + 1].firstIndex(of: "^"))
      let column = lines[position].distance(from: lines[position].startIndex, to: word)
      #expect(
        lines[position + 1].distance(from: lines[position + 1].startIndex, to: caret) == column)
      #expect(lines[position + 1...position + 3].joined().contains("nearest: GROUP"))
    }
  }

  @Test("e edits the whole query as text, both ways without loss")
  func wholeText() async {
    var stage = await QueryStage()
    await stage.press(.character("e"))
    #expect(stage.model.draft?.field.text == "VISUALIZE COUNT, HEATMAP(duration_ms)")
    await stage.press(.control("u"))
    let text =
      "VISUALIZE P95(duration_ms) WHERE service.name = \"web\" OR duration_ms > 30"
      + " GROUP BY http.route HAVING COUNT > 1 ORDER BY P95(duration_ms) ASC LIMIT 7"
    await stage.type(text)
    await stage.press(.enter)
    #expect(stage.queryText == text)
    await stage.press(.character("e"))
    #expect(stage.model.draft?.field.text == text)
  }

  @Test("Shift-Tab and Up walk back, Tab walks on, context the ends")
  func walking() async {
    var stage = await QueryStage()
    await stage.press(.character("i"))
    await stage.press(.backTab)
    #expect(stage.model.draft?.position == .clause(.time))
    await stage.press(.backTab)
    #expect(stage.model.draft?.position == .clause(.having))
    await stage.press(.up)
    #expect(stage.model.draft?.position == .clause(.limit))
    await stage.press(.tab)
    #expect(stage.model.draft?.position == .clause(.having))
    await stage.press(.tab, .tab)
    #expect(stage.model.draft?.position == .clause(.visualize))
  }

  @Test("a pasted query is text, line breaks and all")
  func pasting() async {
    var stage = await QueryStage()
    await stage.press(.character("e"), .control("u"))
    await stage.send(.paste("VISUALIZE COUNT\nGROUP BY service.name"))
    await stage.press(.enter)
    #expect(stage.queryText == "VISUALIZE COUNT GROUP BY service.name")
  }

  @Test("a whole query pasted into any clause is taken as one, a single clause into its own")
  func pastingQuery() async {
    for clause in ["i", "/"] {
      var stage = await QueryStage()
      await stage.press(.character(Character(clause)))
      await stage.send(
        .paste(
          "  VISUALIZE COUNT,\n P99(duration_ms)\nWHERE http.route = \"/cart\"\nGROUP BY name\n"))
      await stage.press(.enter)
      #expect(
        stage.queryText
          == "VISUALIZE COUNT, P99(duration_ms) WHERE http.route = \"/cart\" GROUP BY name")
      await stage.press(.character("i"))
      await stage.send(.paste("group by service.name"))
      await stage.press(.enter)
      #expect(stage.queryText.hasSuffix("WHERE http.route = \"/cart\" GROUP BY service.name"))
    }
  }

  @Test("a paste keeps line ends inside quotes and makes blanks of those outside")
  func lineEnds() async {
    var stage = await QueryStage()
    await stage.press(.character("/"))
    await stage.send(.paste("name = \"a\nb\"\nOR name\n= 'c'"))
    #expect(stage.model.draft?.field.text == "name = \"a\nb\" OR name = 'c'")
    await stage.press(.enter)
    let name = FieldRef("name")
    #expect(
      stage.model.query.filter
        == .or([.compare(name, .equal, .text("a\nb")), .compare(name, .equal, .text("c"))]))
  }

  @Test("Ctrl and Alt move and delete by words, as in a shell")
  func words() async {
    var stage = await QueryStage()
    await stage.press(.character("/"))
    await stage.type("one two three")
    await stage.press(.controlLeft, .controlLeft, .altBackspace)
    #expect(stage.model.draft?.field.text == "two three")
    await stage.press(.controlDelete)
    #expect(stage.model.draft?.field.text == " three")
    await stage.press(.controlEnd, .control("w"))
    #expect(stage.model.draft?.field.text == " ")
    await stage.type("x")
    await stage.press(.controlHome, .controlRight, .control("k"), .control("u"))
    #expect(stage.model.draft?.field.isEmpty == true)
  }
}
