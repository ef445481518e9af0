/// A record that could not be read, and where it begins.
package struct BadRecord: Hashable, Sendable {
  /// The file's name, or whatever the source calls itself.
  package var source: String
  /// Line in the source, from 1; 0 in binary input.
  package var line: Int
  /// Bytes from the start of the source (unpacked, when it is compressed).
  package var offset: Int
  /// What is wrong, in words, without a final stop.
  package var reason: String

  package init(source: String, line: Int, offset: Int, reason: String) {
    (self.source, self.line, self.offset, self.reason) = (source, line, offset, reason)
  }

  /// `line 3, byte 120`; the byte alone in binary input.
  package var position: String { line > 0 ? "line \(line), byte \(offset)" : "byte \(offset)" }
}
