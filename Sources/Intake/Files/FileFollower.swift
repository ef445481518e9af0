import Formats
import Logging

/// Waits for a file to grow, to be cut or to be replaced, as `tail -F` does.
///
/// Looks at it again and again; that costs two system calls and works on every file system.
struct FileFollower {
  /// Waits for the time of the next look; throws when the task is cancelled.
  typealias Pause = @Sendable () async throws -> Void

  /// Often enough that a person sees no delay.
  static let standardPause: Pause = { try await Task.sleep(for: .milliseconds(120)) }

  private let pause: Pause
  private var file: UnpackedFile
  private var stream: DecodingStream
  private let load: FileLoad
  private let progress: (FileProgress) -> Void
  /// Spans of streams before the current one.
  private var spans = 0
  private var mark = TailMark()

  /// - Parameter stream: what `load` left at the end of `file`.
  init(
    _ file: UnpackedFile, _ stream: DecodingStream, _ load: FileLoad, pause: @escaping Pause,
    _ progress: @escaping (FileProgress) -> Void
  ) {
    (self.file, self.stream, self.load, self.progress) = (file, stream, load, progress)
    self.pause = pause
  }

  /// Returns when the task is cancelled.
  mutating func run() async throws(IntakeError) {
    mark = TailMark(file)
    var isFlushed = false
    while true {
      do { try await pause() } catch { break }
      if try readOn() {
        isFlushed = false
        continue
      }
      if !isFlushed {
        stream.flush()
        isFlushed = true
      }
      if try moveToSuccessor() { isFlushed = false }
    }
    // What is open now is not at its end, so that it is no bad record.
    stream.flush()
  }

  /// Reads what was appended; true when there was something.
  private mutating func readOn() throws(IntakeError) -> Bool {
    guard let size = file.descriptor.status?.size, size > file.position, mark.holds(in: file)
    else { return false }
    try readToEnd()
    return true
  }

  private mutating func readToEnd() throws(IntakeError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { piece.deallocate() }
    while !Task.isCancelled {
      let count = try file.read(into: piece)
      if count == 0 { break }
      stream.take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      progress(
        FileProgress(
          bytesRead: file.position, totalBytes: file.position, spans: spans + stream.spans))
    }
    mark = TailMark(file)
  }

  /// Starts anew when the file was cut, or when another one has its name.
  private mutating func moveToSuccessor() throws(IntakeError) -> Bool {
    guard let now = file.descriptor.status else { return false }
    let wasCut = now.size < file.position || !mark.holds(in: file)
    let successor = Descriptor.status(at: file.name)
    let wasReplaced = successor != nil && successor?.identity != now.identity
    guard wasCut || wasReplaced else { return false }
    load.counters.log.info(
      "\(file.name) was \(wasReplaced ? "replaced" : "cut"); reading it from its start")
    if wasReplaced, !wasCut { try readToEnd() }
    stream.finish(problem: file.ending)
    spans += stream.spans
    if wasReplaced {
      file = UnpackedFile(try Descriptor.open(file.name), name: file.name)
    } else {
      file.descriptor.rewind()
      file = UnpackedFile(file.descriptor, name: file.name)
    }
    stream = DecodingStream(load.source, sink: load.sink, counters: load.counters)
    try readToEnd()
    return true
  }
}

/// The last bytes that were read of a file: when they are others now, the file was cut and
/// written again past the position, which its size alone does not show.
struct TailMark {
  private var end = 0
  private var bytes: [UInt8] = []

  init() {}

  init(_ file: UnpackedFile) {
    end = file.position
    bytes = Self.bytes(file, end: end)
  }

  func holds(in file: UnpackedFile) -> Bool {
    bytes.isEmpty || Self.bytes(file, end: end) == bytes
  }

  private static func bytes(_ file: UnpackedFile, end: Int) -> [UInt8] {
    let count = min(end, 64)
    return [UInt8](unsafeUninitializedCapacity: count) { memory, read in
      let buffer = UnsafeMutableRawBufferPointer(memory)
      read = file.descriptor.read(at: end - count, into: .init(rebasing: buffer[..<count]))
    }
  }
}
