import Explorer
import Screen
import Testing

@Suite struct KeyTableTests {
  @Test("no key of a screen hides another in the same pane")
  func unique() {
    check(GlobalCommand.rows, GlobalCommand.Everywhere.any)
    for pane in HomeModel.Pane.allCases { check(HomeModel.rows, pane) }
    for pane in [TracesModel.Pane.list, .filter] { check(TracesModel.rows, pane) }
    for pane in [TraceModel.Pane.waterfall, .panel] { check(TraceModel.rows, pane) }
  }

  private func check<Command, Pane>(_ rows: [KeyRow<Command, Pane>], _ pane: Pane) {
    var seen: Set<Key> = []
    for row in rows where row.works(in: pane) {
      for key in row.keys { #expect(seen.insert(key).inserted, "\(key.name) twice in \(pane)") }
    }
  }

  @Test("every row has words, and says them without a final stop")
  func words() {
    for section in KeyTable.sections {
      for line in section.lines {
        #expect(!line.help.isEmpty && !line.help.hasSuffix("."), "\(line.keys.names)")
      }
    }
  }
}
