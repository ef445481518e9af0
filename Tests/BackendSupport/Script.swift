/// A `.qtest` file: spans to load, queries with their rows, queries with their message.
///
/// ```text
/// load
///   at=0 ms=126 service=web http.route=/about
/// eval VISUALIZE COUNT GROUP BY http.route
///   /about | 1
///   total | 1
/// fail VISUALIZE FOO
///   unknown calculation 'FOO'
/// ```
///
/// A query may go on in lines of four blanks. After the rows an `eval` may say `total …`,
/// `other …`, `series CALCULATION …`, `heatmap …` and `warning …`; what it does not mention is
/// not looked at, but the rows must be all.
package struct Script {
  package enum Step {
    case load([String])
    case eval(query: String, expected: [String], line: Int)
    case fail(query: String, message: String, line: Int)
  }

  package private(set) var steps: [Step] = []

  package init(_ text: String) throws {
    var block: (head: String, line: Int, body: [String])?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.hasPrefix("#") || line.allSatisfy({ $0 == " " }) { continue }
      if line.hasPrefix("    "), let open = block, open.body.isEmpty, !open.head.hasPrefix("load") {
        block?.head += " " + line.drop { $0 == " " }
      } else if line.hasPrefix("  ") {
        block?.body.append(String(line.dropFirst(2)))
      } else {
        try close(block)
        block = (String(line), number + 1, [])
      }
    }
    try close(block)
  }

  private mutating func close(_ block: (head: String, line: Int, body: [String])?) throws {
    guard let block else { return }
    let words = block.head.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? String(words[1]) : ""
    switch words.first {
    case "load": steps.append(.load(block.body))
    case "eval": steps.append(.eval(query: rest, expected: block.body, line: block.line))
    case "fail":
      steps.append(.fail(query: rest, message: block.body.joined(separator: " "), line: block.line))
    default: throw ScriptWords.Mistake(description: "line \(block.line): '\(block.head)'")
    }
  }
}
