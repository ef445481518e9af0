import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// Boxes on graphs, and what Enter makes of them.
@Suite struct MarkingJourneys {
  private static func footer(_ stage: QueryStage) -> String {
    String(stage.frame.split(separator: "\n").last ?? "")
  }

  @Test("v on a graph of Home marks, arrows move its end, Enter zooms every screen")
  func home() async throws {
    var stage = await QueryStage()
    await stage.press(.character("1"), .up, .character("v"))
    #expect(Self.footer(stage).contains("Enter zoom to it"))
    #expect(Self.footer(stage).contains("give up"))
    #expect(Self.footer(stage).contains("Right later"))
    #expect(Self.footer(stage).contains("Left earlier"))
    await stage.press(.right, .right, .right)
    let span = try #require(stage.state.home.markedSpan)
    let result = try #require(stage.state.home.figures.byService)
    #expect(span.length >= 3 * result.granularity.count)
    await stage.press(.enter)
    #expect(
      stage.state.context.time == .range(from: .instant(span.start), to: .instant(span.end)))
    #expect(stage.state.home.mark == nil && stage.state.screen == .home)
    await stage.press(.character("2"))
    #expect(stage.model.query.time == stage.state.context.time)
  }

  @Test("o moves the other end of a mark; Esc gives it up and stays on Home")
  func ends() async throws {
    var stage = await QueryStage()
    await stage.press(.character("1"), .up, .character("v"), .right, .right)
    let before = try #require(stage.state.home.markedSpan)
    await stage.press(.character("o"), .right)
    let after = try #require(stage.state.home.markedSpan)
    #expect(after.start > before.start && after.end == before.end)
    await stage.press(.escape)
    #expect(stage.state.home.mark == nil && stage.state.screen == .home)
    #expect(stage.state.context.time == nil)
  }

  @Test("in Query Enter on a box zooms, and the footer says so while it is marked")
  func query() async throws {
    var stage = await QueryStage()
    await stage.press(.up)
    #expect(Self.footer(stage).contains("slowest trace"))
    await stage.press(.character("v"), .left, .left)
    #expect(Self.footer(stage).contains("zoom to the box"))
    let part = try #require(stage.model.tabs[ResultsTab.self].graphPart)
    await stage.press(.enter)
    #expect(stage.state.context.time == part.time && stage.model.query.time == part.time)
    await stage.press(.character("u"))
    #expect(stage.state.context.time == nil)
  }

  @Test("a group keeps its colour and mark when the table is sorted anew")
  func colors() async throws {
    var stage = await QueryStage()
    await stage.press(.character("i"))
    await stage.press(.control("u"))
    await stage.type("COUNT")
    await stage.press(.tab, .tab)
    await stage.type("http.route")
    await stage.press(.enter)
    func numbers() throws -> [String: Int] {
      let result = try #require(stage.model.result)
      let tab = stage.model.tabs[ResultsTab.self]
      return Dictionary(
        uniqueKeysWithValues: result.rows.indices.map {
          (result.label($0), tab.number(ofRow: $0))
        })
    }
    let before = try numbers()
    let first = try #require(stage.model.result?.rows.first)
    #expect(Set(before.values).count == before.count && before.count == 3)
    await stage.press(.character("r"))
    #expect(stage.model.result?.rows.first != first)
    #expect(try numbers() == before)
  }

  @Test("Errors % of Home opens as the same graph: shares of errors by service")
  func errors() async throws {
    var stage = await QueryStage()
    await stage.press(.character("1"), .up, .right, .enter)
    #expect(stage.queryText == "VISUALIZE AVG(error) GROUP BY service.name")
    #expect(stage.model.result?.series.count == 2)
  }
}
