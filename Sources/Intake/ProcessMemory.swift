import Dispatch
import Foundation

/// What this process asks of the C library's allocator, and what it takes.
package enum ProcessMemory {
  /// Requests and batches of megabytes come and go all the time; glibc would give each back to the
  /// system and fault it in again. Half as many spans a second more on one connection.
  package static func keepLargeBlocks() {
    // <malloc.h> is in no Swift module; elsewhere than in glibc there is no such function.
    guard let symbol = dlsym(nil, "mallopt") else { return }
    typealias Option = @convention(c) (Int32, Int32) -> Int32
    let mallopt = unsafeBitCast(symbol, to: Option.self)
    let (trimThreshold, mapThreshold): (Int32, Int32) = (-1, -3)
    _ = mallopt(trimThreshold, 256 << 20)
    _ = mallopt(mapThreshold, 256 << 20)
  }

  /// Gives memory that a bulk load has freed back to the system.
  package static func giveBack() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }

  /// The same, on a thread that nobody waits for: it takes some milliseconds.
  static func giveBackSoon() { DispatchQueue.global(qos: .utility).async { giveBack() } }

  /// Bytes of this process in memory now; 0 where that cannot be told.
  package static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0
    }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
