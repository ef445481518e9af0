/// How far a file is loaded.
package struct FileProgress: Sendable, Equatable {
  /// Bytes of the file itself, packed as it is, that were read.
  package var bytesRead: Int
  /// The file's size, or nil for a pipe.
  package var totalBytes: Int?
  /// Spans delivered so far.
  package var spans: Int

  package init(bytesRead: Int, totalBytes: Int?, spans: Int) {
    (self.bytesRead, self.totalBytes, self.spans) = (bytesRead, totalBytes, spans)
  }
}
