#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file or pipe; closed when the last reference goes.
final class Descriptor: Sendable {
  /// What tells one file from another that has the same path.
  struct Identity: Equatable, Sendable {
    var device: UInt64
    var inode: UInt64
  }

  struct Status: Sendable {
    var identity: Identity
    var size: Int
    var isRegular: Bool
    var isFolder: Bool
  }

  let number: Int32
  private let closes: Bool

  private init(_ number: Int32, closes: Bool) { (self.number, self.closes) = (number, closes) }

  deinit { if closes { close(number) } }

  static let standardInput = Descriptor(0, closes: false)

  /// Takes over one that is open.
  convenience init(owning number: Int32) { self.init(number, closes: true) }

  /// Opens a file for reading. A named pipe waits here for its writer.
  static func open(_ path: String) throws(IntakeError) -> Descriptor {
    while true {
      #if canImport(Darwin)
        let number = Darwin.open(path, O_RDONLY | O_CLOEXEC)
      #elseif canImport(Musl)
        let number = Musl.open(path, O_RDONLY | O_CLOEXEC)
      #else
        let number = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      #endif
      if number >= 0 { return Descriptor(number, closes: true) }
      if errno != EINTR { throw problem(path, errno) }
    }
  }

  /// What lies at a path now, or nil when nothing does.
  static func status(at path: String) -> Status? {
    var info = stat()
    return stat(path, &info) == 0 ? Status(info) : nil
  }

  var status: Status? {
    var info = stat()
    return fstat(number, &info) == 0 ? Status(info) : nil
  }

  /// Reads up to the buffer's size; 0 at the end of a file or of a pipe without writers.
  func read(into buffer: UnsafeMutableRawBufferPointer, name: String) throws(IntakeError) -> Int {
    while true {
      #if canImport(Darwin)
        let count = Darwin.read(number, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(number, buffer.baseAddress, buffer.count)
      #else
        let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      // A terminal or pipe that somebody made non-blocking: wait until it has something.
      if errno == EAGAIN {
        _ = isReadable(within: 100)
      } else if errno != EINTR {
        throw Self.problem(name, errno)
      }
    }
  }

  /// Reads from a position without moving; fewer bytes than asked for near the end.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    max(0, pread(number, buffer.baseAddress, buffer.count, off_t(offset)))
  }

  func rewind() { lseek(number, 0, SEEK_SET) }

  /// Waits for bytes or the end of the input.
  func isReadable(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  private static func problem(_ name: String, _ code: Int32) -> IntakeError {
    switch code {
    case ENOENT, ENOTDIR:
      IntakeError(
        .missing, what: name, why: "no such file", hint: "check the path; `-` is standard input")
    case EACCES, EPERM: IntakeError(.denied, what: name, why: "permission denied")
    case EISDIR: folder(name)
    default: IntakeError(.unreadable, what: name, why: String(cString: strerror(code)))
    }
  }

  static func folder(_ name: String) -> IntakeError {
    let trimmed = name.hasSuffix("/") ? String(name.dropLast()) : name
    return IntakeError(
      .isFolder, what: name, why: "is a folder", hint: "name the files in it: \(trimmed)/*")
  }
}

extension Descriptor.Status {
  fileprivate init(_ info: stat) {
    let type = info.st_mode & S_IFMT
    self.init(
      identity: .init(
        device: UInt64(truncatingIfNeeded: info.st_dev),
        inode: UInt64(truncatingIfNeeded: info.st_ino)),
      size: Int(info.st_size), isRegular: type == S_IFREG, isFolder: type == S_IFDIR)
  }
}
