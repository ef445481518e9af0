import Explorer
import Screen
import Testing
import TraceSupport
import Views

@Suite struct WaterfallDrawings {
  @Test("see") func see() {
    for isUnicode in [true, false] {
      var stage = TraceStage(SampleTraces.checkout, isUnicode: isUnicode)
      print(AppView.draw(stage.state).text)
      stage.press(.down, .down)
    }
    let stage = TraceStage(SampleTraces.broken, width: 80, height: 24)
    print(AppView.draw(stage.state).text)
    let wide = TraceStage(SampleTraces.broken, width: 200, height: 24)
    print(AppView.draw(wide.state).text)
  }
}
