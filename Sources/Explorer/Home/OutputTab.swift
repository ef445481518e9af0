import QueryLanguage

/// Lines of input that were no spans, the newest last.
package struct OutputTab: HomeTab {
  package private(set) var list = ListModel<OutputLine>()

  package static let title = "Output"
  /// Lines kept; the oldest go.
  package static let limit = 2_000

  package init() {}

  package var total: Int { list.count }
  package var isAtFirst: Bool { list.isAtFirst }

  package mutating func receive(_ news: News) {
    if case .output(let lines) = news { list.append(lines, limit: Self.limit) }
  }

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
