/// A line of input that was no span: what the program under observation printed.
package struct OutputLine: Equatable, Sendable {
  /// Counts every such line since the start, so a list that drops its oldest keeps its positions.
  package var number: Int
  /// The name of the file, or `stdin`.
  package var source: String
  /// As it came; there may be line feeds in it.
  package var text: String

  package init(number: Int, source: String, text: String) {
    (self.number, self.source, self.text) = (number, source, text)
  }
}
