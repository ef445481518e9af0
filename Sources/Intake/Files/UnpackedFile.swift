import Formats

/// A file's bytes, unpacked on the way when its first bytes say gzip or zstd.
///
/// A read that gives nothing is the end for now: a file that grows gives more later, compressed
/// ones included.
final class UnpackedFile {
  let descriptor: Descriptor
  let name: String
  /// Bytes of the file itself that were read.
  private(set) var position = 0
  /// What ended the unpacking early; what came before it was given out.
  private var problem: UnpackError?

  private var isKnown = false
  private var unpacker: Unpacker?
  private let packed: UnsafeMutableRawBufferPointer
  /// The part of `packed` that is not used up yet.
  private var pending: UnsafeRawBufferPointer

  private static let pieceSize = 1 << 20

  init(_ descriptor: Descriptor, name: String) {
    (self.descriptor, self.name) = (descriptor, name)
    packed = .allocate(byteCount: Self.pieceSize, alignment: 16)
    pending = UnsafeRawBufferPointer(start: packed.baseAddress, count: 0)
  }

  deinit { packed.deallocate() }

  /// What is wrong when the file ends here.
  var ending: UnpackError? {
    problem ?? (unpacker?.isBetween ?? true ? nil : .truncated)
  }

  /// Fills the buffer as far as there are bytes.
  func fill(_ output: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
    var filled = 0
    while filled < output.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: output[filled...]))
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads what is there, at most the buffer's size; 0 at the end.
  func read(into output: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
    if !isKnown { try begin() }
    guard let unpacker else { return try readPlain(into: output) }
    while problem == nil {
      do throws(UnpackError) {
        let count = try unpacker.unpack(&pending, into: output)
        if count > 0 { return count }
      } catch {
        problem = error
      }
      guard problem == nil, try refill() else { break }
    }
    return 0
  }

  private func readPlain(
    into output: UnsafeMutableRawBufferPointer
  ) throws(IntakeError) -> Int {
    if pending.isEmpty {
      let count = try descriptor.read(into: output, name: name)
      position += count
      return count
    }
    let count = min(pending.count, output.count)
    output.copyMemory(from: UnsafeRawBufferPointer(rebasing: pending[..<count]))
    pending = UnsafeRawBufferPointer(rebasing: pending[count...])
    return count
  }

  /// Judges the first bytes. Four tell how a file is packed; none are waited for behind bytes that
  /// begin no packed file, for a pipe may stay quiet after a short line.
  private func begin() throws(IntakeError) {
    while pending.count < 4, pending.first.map(ContentKind.mayBePacked) ?? true, try refill() {}
    guard let first = pending.first else { return }
    do throws(UnpackError) {
      switch ContentKind.sniff(pending, isWhole: false) {
      case .gzip: unpacker = try Unpacker(.gzip, first: first)
      case .zstd: unpacker = try Unpacker(.zstd, first: first)
      default: break
      }
    } catch {
      problem = error
    }
    isKnown = true
  }

  /// Reads more packed bytes behind those that are pending; false at the end of the file.
  private func refill() throws(IntakeError) -> Bool {
    let held = pending.count
    if held > 0, pending.baseAddress != UnsafeRawPointer(packed.baseAddress) {
      packed.copyMemory(from: pending)
    }
    let room = UnsafeMutableRawBufferPointer(rebasing: packed[held...])
    let count = try descriptor.read(into: room, name: name)
    position += count
    pending = UnsafeRawBufferPointer(rebasing: packed[..<(held + count)])
    return count > 0
  }
}
