/// Reads a pipe that somebody has opened, such as the output of a command, while it flows.
package struct PipeSource: Sendable {
  private let descriptor: Descriptor
  private let id: SourceID

  /// - Parameter descriptor: of the end to read from; closed with the last copy of this value.
  package init(taking descriptor: Int32, _ id: SourceID) {
    (self.descriptor, self.id) = (Descriptor(owning: descriptor), id)
  }

  /// Reads until the last writer is gone, or until the task is cancelled.
  ///
  /// - Parameter progress: called after each read, on no particular thread.
  @concurrent
  package func load(
    into sink: any SpanSink, counters: IntakeCounters,
    progress: @escaping @Sendable (FileProgress) -> Void = { _ in }
  ) async throws(IntakeError) {
    try await PipeReader(descriptor, id).run(into: sink, counters: counters, progress: progress)
  }
}
