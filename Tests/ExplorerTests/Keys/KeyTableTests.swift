import Explorer
import Screen
import Testing

@Suite struct KeyTableTests {
  @Test("no key of a component hides another in the same mode")
  func unique() {
    check(GlobalCommand.rows)
    check(TextEdit.rows)
    for type in ScreenTable.types { check(type) }
    for type in OverlayTable.types { check(type) }
  }

  private func check<Model: Component>(_ type: Model.Type) { check(type.rows) }

  private func check<Command, Mode>(_ rows: [KeyRow<Command, Mode>]) {
    for mode in Mode.allCases {
      // What goes without saying ends a text, where rows for all modes do not act.
      let told = rows.filter { $0.works(in: mode) && !$0.help.isEmpty }
      let typed = rows.filter { $0.modes.contains(mode) }
      for rows in [told, typed] {
        var seen: Set<Key> = []
        for key in rows.flatMap({ $0.bindings.flatMap(\.keys) }) {
          #expect(seen.insert(key).inserted, "\(key.name) twice in \(mode)")
        }
      }
    }
  }

  @Test("a command id names one command")
  func ids() {
    for type in ScreenTable.types { checkIDs(type) }
    for type in OverlayTable.types { checkIDs(type) }
  }

  private func checkIDs<Model: Component>(_ type: Model.Type) {
    var known: [String: String] = [:]
    for binding in type.rows.flatMap(\.bindings) {
      let command = String(describing: binding.command)
      #expect(known[binding.name, default: command] == command, "\(type.name).\(binding.name)")
      known[binding.name] = command
    }
  }

  @Test("every row has words, and says them without a final stop")
  func words() {
    for section in KeyTable.sections() {
      for line in section.lines {
        #expect(!line.help.isEmpty && !line.help.hasSuffix("."), "\(line.keys.names)")
      }
    }
  }

  @Test("the table for a terminal has every id that a keymap takes and says what it does")
  func listedIDs() {
    let words = Set(KeyTable.text().split { $0 == " " || $0 == "\n" }.map(String.init))
    let untold = KeyTable.commands.map(\.description).filter { !words.contains($0) }.sorted()
    // Ends of texts, which go without saying.
    #expect(
      untold.allSatisfy {
        $0.contains("accept") || $0.contains("leave") || $0.contains("choices")
          || $0.contains("complet")
      },
      "\(untold)")
  }

  @Test("the table shows the keys that a person chose")
  func chosen() throws {
    let keymap = try Keymap(["trace.next-error": ["Ctrl-n"]])
    let line = KeyTable.text(keymap).split(separator: "\n")
      .first { $0.contains(" trace.next-error ") }
    #expect(line?.split(separator: " ").first == "Ctrl-n")
  }
}
