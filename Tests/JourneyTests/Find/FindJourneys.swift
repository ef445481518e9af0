import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// `/` on every screen: a bare word is a phrase in any field, an expression is a condition.
@Suite struct FindJourneys {
  /// Traces of the sketch with a span of a route.
  private func traces(_ stage: QueryStage, route: String) -> Int {
    Set(stage.spans.filter { $0.route == route }.map(\.trace)).count
  }

  @Test("Traces: a word is looked for in any field, and the screen says so")
  func phrase() async {
    var stage = await QueryStage()
    await stage.press(.character("3"), .character("/"))
    await stage.type("cart")
    await stage.press(.enter)
    #expect(stage.state.traces.filter == .phrase("cart"))
    #expect(stage.state.notice?.text == "\"cart\" in any field")
    #expect(stage.frame.contains("phrase \"cart\" in any field"))
    #expect(stage.state.traces.total == traces(stage, route: "/cart"))
    #expect(stage.state.traces.total > 0)
  }

  @Test("a phrase that is a field's name too says how the field is asked")
  func fieldName() async {
    var stage = await QueryStage()
    await stage.press(.character("3"), .character("/"))
    await stage.type("error")
    await stage.press(.enter)
    #expect(
      stage.state.notice?.text
        == "\"error\" in any field; WHERE error = true asks the field")
    await stage.press(.character("/"), .control("u"))
    await stage.type("http.route")
    await stage.press(.enter)
    #expect(
      stage.state.notice?.text
        == "\"http.route\" in any field; WHERE http.route EXISTS asks the field")
  }

  @Test("Traces: an expression is a condition, quotes make a phrase of anything")
  func expression() async {
    var stage = await QueryStage()
    await stage.press(.character("3"), .character("/"))
    await stage.type("duration_ms > 500")
    await stage.press(.enter)
    #expect(stage.state.notice?.text == "WHERE duration_ms > 500")
    #expect(stage.state.traces.total == 1)
    await stage.press(.character("/"), .control("u"))
    await stage.type("\"GET /sql\"")
    await stage.press(.enter)
    #expect(stage.state.traces.filter == .phrase("GET /sql"))
    #expect(stage.state.traces.total == traces(stage, route: "/sql"))
    await stage.press(.escape)
    #expect(stage.state.traces.filter == nil)
  }

  @Test("Traces: fields and values are completed, and a mistake keeps the text with its reason")
  func completion() async {
    var stage = await QueryStage()
    await stage.press(.character("3"), .character("/"))
    await stage.type("http.ro")
    #expect(stage.frame.contains("Tab takes, Down chooses"))
    await stage.press(.tab)
    await stage.type("= /ca")
    await stage.press(.tab, .enter)
    #expect(
      stage.state.traces.filter
        == .compare(FieldRef("http.route"), .equal, .text("/cart")))
    await stage.press(.character("/"), .control("u"))
    await stage.type("duration_ms > > 5")
    await stage.press(.enter)
    #expect(stage.state.traces.input?.error != nil && stage.frame.contains("duration_ms > > 5"))
  }

  @Test("Query: bare words in WHERE are a phrase, a field of booleans stays a condition")
  func builder() async {
    var stage = await QueryStage()
    await stage.press(.character("/"))
    await stage.type("GET /cart")
    await stage.press(.enter)
    #expect(stage.model.query.filter == .phrase("GET /cart"))
    #expect(stage.state.notice?.text == "\"GET /cart\" in any field")
    #expect(
      stage.model.result?.spansMatched == stage.spans.count { $0.route == "/cart" })
    await stage.press(.character("/"), .control("u"))
    await stage.type("is_root")
    await stage.press(.enter)
    #expect(stage.model.query.filter == .holds(.isRoot))
  }

  @Test(
    "waterfall: k=v without blanks is what it is with blanks, for built-ins and fields with a scope",
    arguments: [
      "service.name=db", "service.name = db", "resource.service.name=db", "span.http.route=/sql",
      "name=GET /sql", "name = \"GET /sql\"", "\"GET /sql\"", "http.route=/sql", "duration_ms>=40",
    ])
  func waterfall(text: String) async {
    var stage = await QueryStage(width: 120)
    await stage.send(.open(.trace(TraceID(high: 0xAA, low: 3), nil)))
    let trace = stage.spans.filter { $0.trace == 3 }
    let wanted = trace.count { $0.route == "/sql" }
    #expect(wanted > 0 && wanted < trace.count)
    await stage.press(.character("/"))
    await stage.type(text)
    await stage.press(.enter)
    #expect(stage.state.trace.find.matches.count == wanted, "\(stage.frame)")
  }

  @Test("waterfall: the foot says what was meant, and completes")
  func foot() async {
    var stage = await QueryStage(width: 120)
    await stage.send(.open(.trace(TraceID(high: 0xAA, low: 3), nil)))
    await stage.press(.character("/"))
    await stage.type("service.na")
    #expect(stage.frame.contains("Tab takes"))
    await stage.press(.tab)
    await stage.type("= db")
    await stage.press(.escape, .character("/"))
    await stage.type("service.name=db")
    await stage.press(.enter)
    #expect(stage.frame.contains("WHERE service.name = \"db\""))
    await stage.press(.escape, .character("/"))
    await stage.type("sql")
    await stage.press(.enter)
    #expect(stage.frame.contains("in any field"))
  }

  @Test("Home: everything is narrowed to a phrase, output lines too, and Esc widens again")
  func home() async {
    var stage = await QueryStage(width: 120, height: 36)
    await stage.press(.character("1"))
    let lines = ["sql is slow", "all well"].enumerated().map {
      OutputLine(number: $0, source: "stdin", text: $1)
    }
    await stage.send(.output(lines))
    await stage.press(.character("/"))
    await stage.type("SQL")
    await stage.press(.enter)
    #expect(stage.state.home.found == .phrase("SQL") && stage.state.home.pane == .services)
    #expect(stage.state.notice?.text == "\"SQL\" in any field")
    #expect(stage.frame.contains("Services › \"SQL\" in any field"))
    #expect(stage.state.home.services.rows.map(\.name) == ["db"])
    let output = stage.state.home.tabs[OutputTab.self].list.rows
    #expect(output.map(\.text) == ["sql is slow"])
    await stage.press(.escape)
    #expect(stage.state.home.services.rows.count == 2)
    #expect(stage.state.home.tabs[OutputTab.self].list.count == 2)
  }

  @Test("Home: an expression filters everything, with completion")
  func homeCondition() async {
    var stage = await QueryStage(width: 120, height: 36)
    await stage.press(.character("1"), .character("/"))
    await stage.type("http.rou")
    await stage.press(.tab)
    await stage.type("= /cart")
    await stage.press(.enter)
    #expect(stage.state.home.services.rows.map(\.name) == ["web"])
    #expect(stage.state.notice?.text == "WHERE http.route = \"/cart\"")
  }
}
