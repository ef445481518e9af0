/// One line of news at the foot of the screen, gone with the next key.
package struct Notice: Equatable, Sendable {
  package enum Weight: Equatable, Sendable { case news, warning, failure }

  /// One line, without a final stop.
  package var text: String
  package var weight: Weight

  package init(_ text: String, _ weight: Weight = .news) {
    (self.text, self.weight) = (text, weight)
  }
}
