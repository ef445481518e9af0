#if canImport(Darwin)
  package import Darwin
#elseif canImport(Musl)
  package import Musl
#else
  package import Glibc
#endif

private let openFile: @Sendable (String, Int32, mode_t) -> Int32 = { open($0, $1, $2) }
private let writeFile: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
private let endProcess: @Sendable (Int32) -> Never = { exit($0) }

/// Calls of the system whose names our own types have too.
package enum SystemCall {
  /// - Parameter mode: of a file that is made.
  /// - Returns: a descriptor; below zero where it cannot be opened, and `errno` says why.
  package static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o644) -> Int32 {
    openFile(path, flags, mode)
  }

  /// - Returns: how many bytes are written, which may be fewer than asked; below zero, and `errno`
  ///   says why.
  package static func write(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int
  ) -> Int { writeFile(descriptor, bytes, count) }

  /// Ends the program with a status, without running what is open to its end.
  package static func exit(_ status: Int32) -> Never { endProcess(status) }
}
