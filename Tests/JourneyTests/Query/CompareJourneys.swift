import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// What is different here, by keys.
@Suite struct CompareJourneys {
  private func tab(_ stage: QueryStage) -> CompareTab { stage.model.tabs[CompareTab.self] }

  @Test("d on a box of the heatmap compares it with everything else; the box stays lit above")
  func box() async throws {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.up, .character("v"))
    await stage.press(.left, times: 200)
    await stage.press(.down, times: 20)
    let reading = try #require(GraphReading(stage.model.tabs[ResultsTab.self]))
    await stage.press(.character("d"))
    #expect(stage.model.tabs.shown is CompareTab)
    let found = try #require(tab(stage).found)
    #expect(found.counts.selection == reading.count)
    #expect(found.counts.selection + found.counts.baseline == 73)
    // The slow ones are the database's.
    let service = try #require(tab(stage).difference(.serviceName))
    #expect(
      service.values.first?.value == .text("db") || service.values.first?.value == .text("web"))
    #expect(stage.frame.contains("the box") && stage.frame.contains("service.name"))
    #expect(stage.model.tabs[ResultsTab.self].graph.anchor != nil)
    await stage.press(.escape)
    #expect(stage.state.screen != .query || stage.model.tabs.shown is CompareTab)
  }

  @Test("d on a row of the table compares its group; Enter on a value has a menu")
  func row() async throws {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.character("e"), .control("u"))
    await stage.type("VISUALIZE COUNT GROUP BY service.name")
    await stage.press(.enter, .character("d"))
    let found = try #require(tab(stage).found)
    #expect(found.counts == Sides(60, 13) || found.counts == Sides(13, 60))
    #expect(found.request.baseline == .choice(SpanChoice()))
    await stage.press(.down, .enter)
    #expect(stage.model.pane == .values)
    await stage.press(.enter)
    #expect(stage.frame.contains("show only where") && stage.frame.contains("open its traces"))
    await stage.press(.escape, .escape)
    #expect(stage.model.pane == .compare)
  }

  @Test("x swaps the sides, b chooses the baseline, / filters the fields, s sorts them")
  func sides() async throws {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.character("e"), .control("u"))
    await stage.type("VISUALIZE COUNT GROUP BY service.name")
    await stage.press(.enter, .character("d"))
    let first = try #require(tab(stage).found).counts
    await stage.press(.character("x"))
    let swapped = try #require(tab(stage).found).counts
    #expect(swapped == Sides(first.baseline, first.selection))
    await stage.press(.character("b"), .character("t"))
    #expect(tab(stage).found?.request.unit == .traces)
    #expect(stage.frame.contains("traces selected"))
    await stage.press(.character("/"))
    await stage.type("route")
    #expect(
      tab(stage).list.rows.allSatisfy { row in
        if case .field(let field) = row { field.name.contains("route") } else { false }
      })
    await stage.press(.enter, .escape)
    #expect(tab(stage).needle.isEmpty)
    await stage.press(.character("s"))
    #expect(tab(stage).order == .name)
  }

  @Test("a baseline is typed, and one that cannot be read says why")
  func typed() async throws {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.character("]"), .character("]"), .character("]"))
    #expect(stage.model.tabs.shown is CompareTab)
    await stage.press(.character("b"), .character("e"))
    await stage.press(.control("u"))
    await stage.type("duration_ms >")
    await stage.press(.enter)
    #expect(stage.frame.contains("expected"))
    await stage.type(" 30")
    await stage.press(.enter)
    #expect(tab(stage).found?.counts == Sides(13, 60))
    await stage.press(.character("b"), .character("f"), .control("u"))
    await stage.type("service.name = web")
    await stage.press(.enter)
    #expect(tab(stage).found?.counts == Sides(13, 60))
    #expect(tab(stage).found?.baselineText == "service.name = \"web\"")
  }

  @Test("nothing selected and too few selected say so")
  func few() async throws {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.character("["))
    #expect(stage.frame.contains("no span is selected"))
    await stage.press(.character("b"), .character("e"), .control("u"))
    await stage.type("duration_ms > 500")
    await stage.press(.enter)
    #expect(stage.frame.contains("1 span selected") && stage.frame.contains("from chance"))
  }
}
