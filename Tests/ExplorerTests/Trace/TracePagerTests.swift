import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

/// Long values read in full.
@Suite struct TracePagerTests {
  /// What the pager shows of an attribute's value.
  private static func pager(_ value: AttributeValue, width: Int = 100) -> [String] {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 1, [("value", value)])
    var stage = TraceStage(trace.view, width: width)
    stage.press(.tab, .character("f"))
    stage.type("value")
    stage.press(.enter, .enter, .character("r"))
    return (stage.state.overlay as? ScrollText)?.lines ?? []
  }

  @Test("SQL has a clause a line")
  func sql() {
    let query =
      "SELECT id, (SELECT max(x) FROM y WHERE z = 1) FROM items LEFT JOIN shops ON a = b "
      + "WHERE name = 'FROM here' AND price > 3 ORDER BY price LIMIT 10"
    #expect(
      Self.pager(.text(query)) == [
        "SELECT id, (SELECT max(x) FROM y WHERE z = 1)", "FROM items", "LEFT JOIN shops",
        "  ON a = b", "WHERE name = 'FROM here'", "  AND price > 3", "ORDER BY price", "LIMIT 10",
      ])
  }

  @Test("JSON is indented, in texts as in arrays")
  func json() {
    #expect(
      Self.pager(.text(#"{"a":[1,2.5,"x"],"b":{},"c":null}"#)) == [
        "{", "  \"a\": [", "    1,", "    2.5,", "    \"x\"", "  ],", "  \"b\": {},",
        "  \"c\": null", "}",
      ])
    #expect(Self.pager(.array([.integer(1), .bool(true)])) == ["[", "  1,", "  true", "]"])
  }

  @Test("other long texts are wrapped at blanks, and no letter is lost")
  func prose() {
    let words = (1...60).map { "word\($0)" }.joined(separator: " ")
    let lines = Self.pager(.text(words), width: 80)
    #expect(lines.allSatisfy { $0.count <= 72 })
    #expect(lines.joined() == words)
    let solid = String(repeating: "abcdefghij", count: 30)
    #expect(Self.pager(.text(solid), width: 80).joined() == solid)
  }

  @Test("a short value has no pager in its menu")
  func short() {
    #expect(Self.pager(.text("short")).isEmpty)
  }
}
