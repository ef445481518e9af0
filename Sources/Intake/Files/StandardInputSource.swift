import Formats

/// Reads standard input, whatever it is: a pipe while it flows, or a file on all cores.
package struct StandardInputSource: Sendable {
  package init() {}

  package var id: SourceID { .standardInput }

  /// Reads until the end of the input, or until the task is cancelled.
  ///
  /// - Parameter progress: called after each read, on no particular thread.
  /// - Throws: when standard input is closed or cannot be read.
  @concurrent
  package func load(
    into sink: any SpanSink, counters: IntakeCounters,
    progress: @escaping @Sendable (FileProgress) -> Void = { _ in }
  ) async throws(IntakeError) {
    let descriptor = Descriptor.standardInput
    guard let status = descriptor.status else {
      throw IntakeError(
        .unreadable, what: id.name, why: "is closed", hint: "name a file, or pipe data in")
    }
    if status.isFolder { throw Descriptor.folder(id.name) }
    guard status.isRegular else {
      return try await PipeReader(descriptor, id).run(
        into: sink, counters: counters, progress: progress)
    }
    let file = UnpackedFile(descriptor, name: id.name)
    var stream = try await FileLoad(id, sink: sink, counters: counters).run(
      file, size: status.size, progress: progress)
    if !Task.isCancelled { stream.finish(problem: file.ending) }
  }
}
