import Testing

@testable import Formats

/// Other output: the newest lines, or all, and never fewer than is said.
struct OutputTailTests {
  private func tail(_ count: Int, capacity: Int?) -> OutputTail {
    var tail = OutputTail(capacity: capacity)
    for index in 0..<count {
      Array("line \(index)".utf8).withUnsafeBufferPointer { tail.append($0) }
    }
    return tail
  }

  @Test("kept lines and missed ones are all lines", arguments: [0, 1, 2, 3, 4, 5, 6, 100])
  func counts(count: Int) {
    let tail = tail(count, capacity: 3)
    #expect(tail.lines == (max(0, count - 3)..<count).map { "line \($0)" })
    #expect(tail.missedLines == max(0, count - 3))
  }

  @Test("without a capacity every line is kept")
  func all() {
    let tail = tail(5_000, capacity: nil)
    #expect(tail.lines.count == 5_000)
    #expect(tail.missedLines == 0)
  }

  @Test("what another tail missed is missed")
  func appended() {
    var whole = tail(2, capacity: 3)
    whole.append(tail(10, capacity: 3))
    #expect(whole.lines == ["line 7", "line 8", "line 9"])
    #expect(whole.missedLines == 9)
  }
}
