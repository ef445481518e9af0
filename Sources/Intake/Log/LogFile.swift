#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Synchronization

/// A file that lines are added to, never larger than a limit: past it the file becomes `NAME.1`, in
/// place of the one before, and a new one begins.
///
/// The file is made with the first line, so that a program with nothing to say leaves nothing
/// behind. Several programs may write to one file; a line is one system call. What cannot be
/// written is lost in silence: a full disk must not disturb what is logged about.
package final class LogFile: Sendable {
  /// Its folders are made with it when they are missing.
  package let path: String
  private let limit: Int
  private let state = Mutex(State())

  private struct State: ~Copyable {
    var descriptor: Int32 = -1
    /// The second that is now, and the lines written in it.
    var second = 0
    var linesInSecond = 0
    var leftOut = 0

    deinit { if descriptor >= 0 { close(descriptor) } }
  }

  /// 2 MiB; with the one before, 4 MiB of disk.
  package static let standardLimit = 2 << 20

  /// Lines in one second, past which they are only counted: a thousand refused requests a second
  /// must cost neither the disk nor the program.
  package static let linesPerSecond = 50

  /// - Parameter limit: bytes of the file, past which a new one begins.
  package init(_ path: String, limit: Int = LogFile.standardLimit) {
    (self.path, self.limit) = (path, limit)
  }

  /// Adds a line.
  ///
  /// - Parameters:
  ///   - line: without its line feed; control characters in it become `?`, so that what somebody
  ///     sends cannot forge lines.
  ///   - second: seconds of the clock, for the limit of lines.
  package func add(_ line: String, second: Int) {
    state.withLock { state in
      if second != state.second {
        if state.leftOut > 0 { put("… and \(state.leftOut) lines more", &state) }
        (state.second, state.linesInSecond, state.leftOut) = (second, 0, 0)
      }
      guard state.linesInSecond < Self.linesPerSecond else {
        state.leftOut += 1
        return
      }
      state.linesInSecond += 1
      put(line, &state)
    }
  }

  private func put(_ line: String, _ state: inout State) {
    let bytes = line.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: "?") : $0 } + [0x0A]
    if state.descriptor < 0 { state.descriptor = opened() }
    var info = stat()
    guard state.descriptor >= 0, fstat(state.descriptor, &info) == 0 else { return }
    if Int(info.st_size) + bytes.count > limit, info.st_size > 0 {
      moveAway(info)
      close(state.descriptor)
      state.descriptor = opened()
      guard state.descriptor >= 0 else { return }
    }
    _ = bytes.withUnsafeBytes { write(state.descriptor, $0.baseAddress, $0.count) }
  }

  /// Renames the full file, unless another program has done so already.
  private func moveAway(_ full: stat) {
    var info = stat()
    guard stat(path, &info) == 0, info.st_ino == full.st_ino, info.st_dev == full.st_dev else {
      return
    }
    rename(path, path + ".1")
  }

  /// - Returns: below zero when the file cannot be made.
  private func opened() -> Int32 {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
    let descriptor = open(path, flags, 0o600)
    guard descriptor < 0, errno == ENOENT else { return descriptor }
    makeFolders()
    return open(path, flags, 0o600)
  }

  private func makeFolders() {
    for offset in path.indices.dropFirst() where path[offset] == "/" {
      mkdir(String(path[..<offset]), 0o700)
    }
  }
}
