import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

@Suite struct TraceKeyTests {
  @Test("folding hides what is below, and opening shows it again")
  func folding() {
    var stage = TraceStage(SampleTraces.checkout)
    let all = ["POST /checkout", "cart", "SELECT items ×5", "charge", "gateway", "send mail"]
    #expect(stage.rowNames == all)
    stage.press(.down, .down, .enter)
    #expect(stage.rowNames.count == 10, "a run opens into its spans")
    stage.press(.character(" "))
    #expect(stage.rowNames == all, "and folds from any of them")
    stage.press(.character("g"), .character(" "))
    #expect(stage.rowNames == ["POST /checkout"])
    stage.press(.character("O"))
    #expect(stage.rowNames.count == 10, "everything, runs too")
    stage.press(.character("z"))
    #expect(stage.rowNames == ["POST /checkout", "cart", "charge", "send mail"])
    stage.press(.character("z"))
    #expect(stage.rowNames.count == 10)
  }

  @Test("errors, relatives and siblings are a key away")
  func moving() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("e"))
    #expect(stage.selectedName == "charge")
    stage.press(.character("C"))
    #expect(stage.selectedName == "gateway")
    stage.press(.character("p"), .character("]"))
    #expect(stage.selectedName == "send mail")
    stage.press(.character("["), .character("["))
    #expect(stage.selectedName == "cart")
    stage.press(.character("p"))
    #expect(stage.selectedName == "POST /checkout")
  }

  @Test("a key that can do nothing here says why")
  func nothing() {
    var stage = TraceStage(SampleTraces.checkout)
    let answers: [(Key, String)] = [
      (.character("p"), "this span has no parent"),
      (.character("["), "this span has no previous sibling"),
      (.character("m"), "no search yet: / begins one"),
    ]
    for (key, response) in answers {
      stage.press(key)
      #expect(stage.state.notice?.text == response)
    }
    stage.press(.character("G"))
    for key in [Key.character(" "), .character("x")] {
      stage.press(key)
      #expect(stage.state.notice?.text == "nothing below this span to fold")
    }
    stage.press(.character("C"))
    #expect(stage.state.notice?.text == "this span has no child")
  }

  @Test("in the panel ] and [ walk its tabs, as they do on other screens")
  func panelTabs() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.tab)
    let first = stage.model.panel.tab
    stage.press(.character("]"))
    #expect(stage.model.panel.tab != first)
    stage.press(.character("["))
    #expect(stage.model.panel.tab == first)
  }

  @Test("a search opens what hides its matches; matches-only keeps their ancestors dimmed")
  func matchesOnly() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character(" "), .character("/"))
    stage.type("gateway")
    stage.press(.enter)
    #expect(stage.selectedName == "gateway")
    stage.press(.character("m"))
    #expect(stage.rowNames == ["POST /checkout", "charge", "gateway"])
    #expect(stage.model.rows.map(\.isDimmed) == [true, true, false])
    stage.press(.escape)
    #expect(stage.selectedName == "gateway", "what holds the cursor stays open")
  }

  @Test("what a search opened on its way closes with it")
  func closing() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.down, .character(" "), .down, .character(" "), .character("g"))
    let folded = ["POST /checkout", "cart", "charge", "send mail"]
    #expect(stage.rowNames == folded)
    stage.press(.character("/"))
    stage.type("S")
    stage.press(.enter)
    for _ in 0..<9 { stage.press(.character("n")) }
    #expect(stage.rowNames.count > folded.count)
    stage.press(.character("g"), .escape)
    #expect(stage.rowNames == folded)
  }

  @Test("the critical path alone")
  func critical() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("P"))
    let shown = stage.model.rows.filter { !$0.isDimmed }.map {
      stage.model.tree.entries[Int($0.entry)].node
    }
    #expect(
      shown
        == SampleTraces.checkout.nodes.indices.filter {
          SampleTraces.checkout.nodes[$0].isOnCriticalPath
        }.map(Int32.init))
  }

  @Test("a link opens the other trace, and Esc comes back to the span")
  func links() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("G"), .tab, .right, .right, .enter)
    #expect(stage.model.id == TraceID(high: 0x9850_B11F_0000_0000, low: 0xAB))
    var other = TraceBuilder(id: 0xAB)
    other.span(7, "linked", 0, 1)
    stage.show(other.view)
    #expect(stage.selectedName == "linked")
    stage.press(.escape)
    #expect(stage.model.id == SampleTraces.checkout.id)
    stage.show(SampleTraces.checkout)
    #expect(stage.selectedName == "send mail")
    stage.press(.escape)
    #expect(stage.state.screen == .traces)
  }

  @Test("columns are chosen from a list, shown in order, and kept for the next trace")
  func columns() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("F"))
    stage.type("self")
    stage.press(.enter)
    stage.type("card")
    stage.press(.enter, .escape)
    #expect(stage.model.columns == [.selfTime, .field(FieldRef("card.type"))])
    let charge = try #require(stage.model.rows.first { stage.model.errorPosition($0) == .own })
    #expect(stage.model.cell(.selfTime, charge)?.text == "15.0ms")
    #expect(stage.model.cell(.field(FieldRef("card.type")), charge)?.text == "visa")
    #expect(stage.model.cell(.share, charge)?.text == "46 %")
    stage.show(SampleTraces.broken)
    #expect(stage.model.columns.count == 2)
  }

  @Test("ranks are asked for service and name after service and name")
  func ranks() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("F"))
    stage.type("percentile")
    stage.press(.enter)
    var asked: [String] = []
    while case .ask(let requestID, .ranks(let service, let name, let durations))? =
      stage.effects.first
    {
      asked.append("\(service) \(name) ×\(durations.count)")
      stage.respond(requestID, .ranks(durations.map { _ in 0.75 }))
    }
    #expect(
      asked == [
        "frontend POST /checkout ×1", "cart cart ×1", "cart SELECT items ×5",
        "payment charge ×1", "payment gateway ×1", "mail send mail ×1",
      ])
    #expect(stage.model.cell(.rank, stage.model.rows[0])?.text == "P75")
  }

  @Test("bars are coloured by the values of any field")
  func colours() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("c"))
    stage.type("span.kind")
    stage.press(.enter)
    #expect(stage.model.coloring.values == ["server", "client", "internal", "producer"])
    let numbers = stage.model.rows.map { stage.model.series(of: $0, stage.state.context) }
    #expect(numbers == [0, 0, 1, 1, 2, 3])
    stage.press(.character("c"))
    stage.type("card.type")
    stage.press(.enter)
    // Only the charge has the field; without it there is no colour.
    #expect(
      stage.model.rows.map { stage.model.series(of: $0, stage.state.context) }
        == [nil, nil, nil, 0, nil, nil])
  }

  @Test("a value has a menu; a long one can be read in full")
  func values() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("O"), .down, .down, .tab, .character("f"))
    stage.type("db.query")
    stage.press(.enter, .enter)
    let menu = try #require(stage.state.overlay as? Menu)
    #expect(menu.title.contains("db.query.text"))
    #expect(menu.items.contains { $0.text.hasPrefix("group by") })
  }

  @Test("y copies the id, Y a line about the span, w offers formats")
  func taking() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("e"), .character("y"))
    #expect(copied(stage) == "0000000000000003")
    stage.press(.character("Y"))
    #expect(copied(stage)?.hasPrefix("payment charge 60.0ms error  9850b11f") == true)
    stage.press(.character("w"))
    let menu = try #require(stage.state.overlay as? Menu)
    #expect(menu.items.count == 8)
  }

  private func copied(_ stage: TraceStage) -> String? {
    stage.effects.lazy.compactMap { if case .copy(let text) = $0 { text } else { nil } }.first
  }
}
