#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The name of a file until it is complete, in the folder of the one it becomes.
package struct TemporaryName: Sendable {
  let path: String

  init(beside target: String) {
    let name = target.split(separator: "/").last.map(String.init) ?? "output"
    path = "\(Self.folder(of: target))/.\(name).\(getpid())-\(UInt32.random(in: 0...(.max))).tmp"
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The file goes if the program is interrupted.
  func remember() { Self.remember(path) }

  /// The file has its name now.
  func forget() { Self.remember(nil) }

  func remove() {
    unlink(path)
    forget()
  }
}

// For a signal handler. Written before the file is there, and after it has its final name.
nonisolated(unsafe) private var unfinished: UnsafeMutablePointer<CChar>?

extension TemporaryName {
  /// Removes the file that is not complete, if there is one. Async-signal-safe.
  package static func removeUnfinished() {
    if let unfinished { unlink(unfinished) }
  }

  private static func remember(_ path: String?) {
    let old = unfinished
    unfinished = path.flatMap { strdup($0) }
    free(old)
  }
}

/// What tells one file from another that has the same path, and what is known of it.
struct FileIdentity: Equatable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  let links: Int
  let size: Int
  let mode: mode_t
  let isRegular: Bool
  let isFolder: Bool

  init?(path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  private init(_ info: stat) {
    device = UInt64(truncatingIfNeeded: info.st_dev)
    inode = UInt64(truncatingIfNeeded: info.st_ino)
    (links, size) = (Int(info.st_nlink), Int(info.st_size))
    mode = info.st_mode & 0o777
    isRegular = info.st_mode & S_IFMT == S_IFREG
    isFolder = info.st_mode & S_IFMT == S_IFDIR
  }

  static func == (one: FileIdentity, other: FileIdentity) -> Bool {
    one.device == other.device && one.inode == other.inode
  }
}
