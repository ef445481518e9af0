#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What to do when the file that is to be written exists.
package enum OutputPolicy: Sendable {
  /// It is refused.
  case create
  /// What is new goes behind what is there.
  case append
  /// What is new takes its position, once it is there.
  case overwrite
}

/// Why a file cannot be written, told for whoever named it.
package struct OutputError: Error, Equatable {
  /// `system` holds errno.
  package enum Cause: Equatable, Sendable { case exists, isInput, isLocked, system(Int32) }

  package var cause: Cause
  /// As it was named.
  package var path: String

  /// In words, without a final stop.
  package var why: String {
    switch cause {
    case .exists: "exists already"
    case .isInput: "is read and cannot be written at the same time"
    case .isLocked: "is being written by another program"
    case .system(let code): String(cString: strerror(code))
    }
  }

  /// What the person can do next.
  package var hint: String? {
    switch cause {
    case .exists: "--append adds to it, --overwrite takes its place"
    case .isInput: "name another file"
    case .isLocked: "end the other one, or name another file"
    case .system(ENOENT): "the folder must exist"
    case .system: nil
    }
  }
}

/// A file of lines that never destroys: what was there stays until what is new is whole.
///
/// Nothing is opened before ``open()``. One writer at a time, by a lock on the file; every write
/// goes to its end. Pipes, devices and `-` are written as they come.
package struct OutputFile: Sendable {
  /// As it was named.
  package let path: String
  package let policy: OutputPolicy
  /// Where links lead.
  private let target: String
  private let isStream: Bool
  /// Whether the file has its name only when it is complete.
  private let isPublishedLate: Bool

  private var descriptor: Int32 = -1
  /// The file that is to be replaced: its lock keeps others off it.
  private var replaced: Int32 = -1
  private var temporary: TemporaryName?
  private var identity: FileIdentity?
  /// Bytes it has, if nobody else changes it.
  private var size = 0

  /// Looks whether the file may be written.
  ///
  /// - Parameters:
  ///   - inputs: files that are read at the same time.
  ///   - isPublishedLate: whether the file has its name only when it is complete; else readers can
  ///     follow it while it grows.
  package init(
    _ path: String, _ policy: OutputPolicy, inputs: [String] = [], isPublishedLate: Bool
  ) throws(OutputError) {
    (self.path, self.policy, self.isPublishedLate) = (path, policy, isPublishedLate)
    target = Self.resolved(path)
    let found = path == "-" ? FileIdentity(descriptor: 1) : FileIdentity(path: path)
    isStream = path == "-" || found.map { !$0.isRegular } ?? false
    if found?.isFolder == true { throw OutputError(cause: .system(EISDIR), path: path) }
    guard let found, found.isRegular else { return }
    for input in inputs {
      let other = input == "-" ? FileIdentity(descriptor: 0) : FileIdentity(path: input)
      if other == found { throw OutputError(cause: .isInput, path: path) }
    }
    if policy == .create, !isStream { throw OutputError(cause: .exists, path: path) }
  }

  /// Opens the file, or the one that takes its name in the end.
  package mutating func open() throws(OutputError) {
    if path == "-" { return descriptor = 1 }
    if isStream { return descriptor = try opened(target, O_WRONLY) }
    switch policy {
    case .append: try openToAppend()
    case .create:
      try openTemporary()
      if !isPublishedLate { try publish() }
    case .overwrite:
      if let old = try? opened(target, O_WRONLY) {
        replaced = old
        try lock(old)
      }
      try openTemporary()
    }
  }

  /// Writes bytes to the end of the file, all or none.
  ///
  /// - Returns: what happened to the file since the last call, if anything did.
  package mutating func write(_ bytes: [UInt8], isSynced: Bool) throws(OutputError) -> String? {
    if temporary != nil, !isPublishedLate { try publish() }
    let notice = try reopenIfLost()
    let problem = bytes.withUnsafeBytes { DescriptorWriting.write($0, to: descriptor) }
    if let problem {
      // Half a line would spoil what comes behind it.
      if !isStream { ftruncate(descriptor, off_t(size)) }
      throw OutputError(cause: .system(problem), path: path)
    }
    size += bytes.count
    if isSynced { try sync() }
    return notice
  }

  /// Looks whether somebody removed, moved or cut the file, and opens it anew.
  package mutating func reopenIfLost() throws(OutputError) -> String? {
    guard !isStream, temporary == nil, let identity else { return nil }
    guard FileIdentity(path: target) == identity else {
      let wasMoved = FileIdentity(descriptor: descriptor)?.links ?? 0 > 0
      close(descriptor)
      descriptor = -1
      try openToAppend()
      try sync()
      return "\(path) was \(wasMoved ? "moved" : "removed"); going on in a new file of its name"
    }
    guard let now = FileIdentity(descriptor: descriptor)?.size, now < size else { return nil }
    size = now
    try mend()
    return "\(path) was cut to \(now) bytes; going on behind them"
  }

  /// Gives the file its name, if it has not got it yet, and closes it.
  ///
  /// - Parameter isKept: false leaves what was there before as it was.
  package mutating func finish(isKept: Bool) throws(OutputError) {
    defer { release() }
    guard descriptor >= 0 else { return }
    if isKept { try sync() }
    if isKept, temporary != nil { try publish() }
  }

  private mutating func release() {
    temporary?.remove()
    temporary = nil
    if descriptor > 1 { close(descriptor) }
    if replaced >= 0 { close(replaced) }
    (descriptor, replaced) = (-1, -1)
  }
}

// MARK: Opening

extension OutputFile {
  private mutating func openToAppend() throws(OutputError) {
    descriptor = try opened(target, O_RDWR | O_APPEND | O_CREAT)
    try lock(descriptor)
    identity = FileIdentity(descriptor: descriptor)
    size = identity?.size ?? 0
    try mend()
  }

  private mutating func openTemporary() throws(OutputError) {
    let name = TemporaryName(beside: target)
    descriptor = try opened(name.path, O_RDWR | O_APPEND | O_CREAT | O_EXCL)
    name.remember()
    temporary = name
    try lock(descriptor)
    if replaced >= 0, let mode = FileIdentity(descriptor: replaced)?.mode {
      fchmod(descriptor, mode)
    }
    identity = FileIdentity(descriptor: descriptor)
  }

  /// Gives the temporary file its name. One that has come into being meanwhile stays as it is.
  private mutating func publish() throws(OutputError) {
    guard let name = temporary else { return }
    if policy == .overwrite {
      guard rename(name.path, target) == 0 else { throw problem() }
      name.forget()
    } else if link(name.path, target) == 0 {
      name.remove()
    } else if errno == EEXIST {
      throw OutputError(cause: .exists, path: path)
    } else {
      // A file system without links of this kind.
      if access(target, F_OK) == 0 { throw OutputError(cause: .exists, path: path) }
      guard rename(name.path, target) == 0 else { throw problem() }
      name.forget()
    }
    temporary = nil
    if replaced >= 0 { close(replaced) }
    replaced = -1
    syncFolder()
  }

  private func opened(_ path: String, _ flags: Int32) throws(OutputError) -> Int32 {
    while true {
      let number = SystemCall.open(path, flags | O_CLOEXEC)
      if number >= 0 { return number }
      if errno != EINTR { throw problem() }
    }
  }

  private func lock(_ descriptor: Int32) throws(OutputError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    // A file system without locks has none to respect.
    if errno == EWOULDBLOCK { throw OutputError(cause: .isLocked, path: path) }
  }

  private func sync() throws(OutputError) {
    // A pipe cannot be synced, and need not be.
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS { throw problem() }
  }

  /// A name is safe only when its folder is.
  private func syncFolder() {
    let folder = SystemCall.open(TemporaryName.folder(of: target), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private func problem() -> OutputError { OutputError(cause: .system(errno), path: path) }

  /// Where a path leads, also when nothing is there yet.
  private static func resolved(_ path: String) -> String {
    var path = path
    // As many links as systems follow.
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
        break
      }
      path = next.hasPrefix("/") ? next : TemporaryName.folder(of: path) + "/" + next
    }
    return path
  }
}

// MARK: Mending

extension OutputFile {
  /// What a line of ours begins with.
  private static let opening = Array(#"{"resourceSpans":"#.utf8)

  /// Makes the end of the file the end of a line. One of ours that was torn when its writer was
  /// killed is cut off, as nobody was told that it is kept; anything else is left, and ended.
  private mutating func mend() throws(OutputError) {
    guard size > 0, let last = read(at: size - 1, count: 1).first, last != 0x0A else { return }
    let start = startOfLastLine()
    let isOurs = read(at: start, count: Self.opening.count) == Self.opening
    if isOurs, !isWholeJSON(read(at: start, count: size - start)) {
      guard ftruncate(descriptor, off_t(start)) == 0 else { throw problem() }
      size = start
    } else {
      var end: UInt8 = 0x0A
      guard SystemCall.write(descriptor, &end, 1) == 1 else { throw problem() }
      size += 1
    }
  }

  private func startOfLastLine() -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - 65_536)
      if let position = read(at: start, count: end - start).lastIndex(of: 0x0A) {
        return start + position + 1
      }
      end = start
    }
    return 0
  }

  private func isWholeJSON(_ bytes: [UInt8]) -> Bool {
    (try? JSONDecoder().decode(AnyJSON.self, from: Data(bytes))) != nil
  }

  private func read(at offset: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { memory, read in
      read = max(0, pread(descriptor, memory.baseAddress, count, off_t(offset)))
    }
  }
}

/// A document of which only matters that it is one.
private struct AnyJSON: Decodable {
  init(from decoder: any Decoder) {}
}
