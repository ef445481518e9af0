import Formats
import Telemetry

/// Some megabytes of whole lines of a file, decoded as one task.
///
/// Unchecked: the reader fills it and lets go of it, then one task reads it.
final class LineChunk: @unchecked Sendable {
  /// Large enough that tasks cost nothing, small enough for the first spans to show at once.
  static let size = 4 << 20
  /// A line longer than this is left to ``StreamDecoder``, which has a limit of its own.
  static let lineLimit = 256 << 20

  /// Bytes from the start of the (unpacked) file.
  let offset: Int
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(offset: Int, size: Int = LineChunk.size) {
    self.offset = offset
    memory = .allocate(byteCount: size, alignment: 64)
  }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

  /// Reads the first bytes of a file, to judge it by; ``fill(from:)`` goes on behind them.
  ///
  /// - Returns: whether that is all there is.
  func begin(from file: UnpackedFile, count wanted: Int) throws(IntakeError) -> Bool {
    count = try file.fill(UnsafeMutableRawBufferPointer(rebasing: memory[..<wanted]))
    return count < wanted
  }

  /// Fills the chunk from a file and cuts it after its last line.
  ///
  /// - Returns: the start of the next chunk, which holds what was cut off: a part of a line. At
  ///   the end of the file that is a last line without end, or nothing.
  func fill(from file: UnpackedFile) throws(IntakeError) -> (rest: LineChunk, isEnd: Bool) {
    while true {
      let room = UnsafeMutableRawBufferPointer(rebasing: memory[count...])
      count += try file.fill(room)
      let isEnd = count < memory.count
      if let lineEnd { return (split(at: lineEnd), isEnd) }
      if isEnd { return (split(at: 0), true) }
      if count >= Self.lineLimit { return (split(at: count), false) }
      grow()
    }
  }

  /// The position after the last line feed.
  private var lineEnd: Int? {
    guard let base = memory.baseAddress else { return nil }
    var offset = count
    while offset > 0 {
      if base.load(fromByteOffset: offset - 1, as: UInt8.self) == 0x0A { return offset }
      offset -= 1
    }
    return nil
  }

  private func split(at end: Int) -> LineChunk {
    let rest = LineChunk(offset: offset + end, size: max(Self.size, 2 * (count - end)))
    rest.memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[end..<count]))
    rest.count = count - end
    count = end
    return rest
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 2 * memory.count, alignment: 64)
    larger.copyMemory(from: bytes)
    memory.deallocate()
    memory = larger
  }
}
