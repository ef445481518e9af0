import QueryLanguage

/// Lines of input that were no spans, the newest last.
package struct OutputTab: HomeTab {
  package private(set) var list = ListModel<OutputLine>()
  /// Every line kept, whether it is shown or not.
  private var lines: [OutputLine] = []
  private var found = FindText.nothing

  package static let title = "Output"
  /// Lines kept; the oldest go.
  package static let limit = 2_000

  package init() {}

  package var total: Int { list.count }
  package var count: Int { list.count }
  package var isAtFirst: Bool { list.isAtFirst }

  package mutating func receive(_ news: News) {
    guard case .output(let new) = news else { return }
    lines = (lines + new).suffix(Self.limit)
    list.append(new.filter { isFound($0) }, limit: Self.limit)
  }

  package mutating func find(_ text: FindText) {
    found = text
    list.replace(lines.filter { isFound($0) }, selecting: nil, page: list.cursor.page)
  }

  private func isFound(_ line: OutputLine) -> Bool { found.isFound(in: line.text, line.source) }

  package mutating func move(_ motion: Motion, page: Int) { list.move(motion, page: page) }

  package func visible(page: Int) -> Range<Int> { list.visible(page: page) }

  package mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    list.point(pointer, first: first, page: page)
  }

  package func open() -> [Intent] {
    guard let line = list.current else { return [] }
    let lines = line.text.split(separator: "\n", omittingEmptySubsequences: false)
    return [.show(ScrollText(title: line.source, lines: lines.map(String.init)))]
  }

  package func copy() -> [Intent] { list.current.map { [.copy($0.text, what: "line")] } ?? [] }
}
