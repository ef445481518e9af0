import Telemetry
import Testing

@testable import Formats

/// Deeply nested documents are read alike however they are laid out.
@Suite struct JSONDepthTests {
  private static func span(_ name: String, _ value: String) -> String {
    """
    {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4fd0c1b2a3948576e5d4c3b2a1908f7e",\
    "spanId":"00000000000000a1","name":"\(name)","startTimeUnixNano":"1","endTimeUnixNano":"2",\
    "unknown":\(value)}]}]}]}
    """
  }

  /// Lists and objects by turns.
  private static func nested(_ depth: Int) -> String {
    var (opening, closing) = ("", "")
    for level in 0..<depth {
      opening += level % 2 == 0 ? "[" : "{\"a\":"
      closing = (level % 2 == 0 ? "]" : "}") + closing
    }
    return opening + "7" + closing
  }

  /// Puts every bracket on a line of its own. The texts hold no brackets.
  private static func indented(_ json: String) -> String {
    var out = ""
    var depth = 0
    func newline() { out += "\n" + String(repeating: " ", count: min(depth, 40)) }
    for character in json {
      switch character {
      case "{", "[":
        out.append(character)
        depth += 1
        newline()
      case "}", "]":
        depth -= 1
        newline()
        out.append(character)
      case ",":
        out.append(character)
        newline()
      default: out.append(character)
      }
    }
    return out
  }

  @Test("Sixteen to nearly a thousand levels", arguments: [9, 16, 55, 56, 57, 58, 64, 120, 990])
  func deep(levels: Int) {
    let (deep, shallow) = (Self.span("deep", Self.nested(levels)), Self.span("shallow", "1"))
    for text in [
      deep + "\n" + shallow + "\n", Self.indented(deep) + "\n" + Self.indented(shallow) + "\n",
      "INFO exported " + deep + "\n" + shallow + "\n",
      "starting" + Self.indented(deep) + " done\n" + shallow + "\n",
    ] {
      let run = StreamRun(text)
      #expect(run.names == ["deep", "shallow"], "\(text.prefix(40))")
      #expect(run.report.badRecords == 0)
    }
  }

  @Test(
    "Deeper is one bad record with its place, and its siblings stay", arguments: [1_100, 5_000])
  func tooDeep(levels: Int) {
    let (deep, shallow) = (Self.span("deep", Self.nested(levels)), Self.span("shallow", "1"))
    for (text, offset) in [
      (shallow + "\n" + deep + "\n" + shallow + "\n", shallow.utf8.count + 1),
      (Self.indented(deep) + "\n" + shallow + "\n" + shallow + "\n", 0),
    ] {
      let run = StreamRun(text)
      #expect(run.names == ["shallow", "shallow"])
      #expect(run.report.badRecords == 1)
      #expect(run.report.firstBad?.offset == offset)
      #expect(run.report.firstBad?.reason == "the record is nested deeper than 1,000 levels")
    }
  }
}
