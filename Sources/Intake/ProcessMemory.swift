import Dispatch
import Synchronization
package import Telemetry

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

/// What this process asks of the C library's allocator, and what it takes.
package enum ProcessMemory {
  /// Requests and batches of megabytes come and go all the time; glibc would give each back to the
  /// system and fault it in again. Half as many spans a second more on one connection.
  ///
  /// Call it before there are threads: each would get an arena of its own, whose free memory is of no
  /// use to the others.
  package static func keepLargeBlocks() {
    set(.arenas, 2)
    set(.trimThreshold, 256 << 20)
    set(.mapThreshold, 256 << 20)
  }

  /// Keeps less for later, as fits a budget.
  package static func fit(_ budget: ByteCount) {
    let kept = min(256 << 20, max(1 << 20, budget.count / 16))
    set(.trimThreshold, Int32(kept))
    set(.mapThreshold, Int32(kept))
  }

  // <malloc.h> is in no Swift module; elsewhere than in glibc there is no such function.
  private enum Option: Int32 {
    case trimThreshold = -1
    case mapThreshold = -3
    case arenas = -8
  }

  private static func set(_ option: Option, _ value: Int32) {
    guard let symbol = dlsym(nil, "mallopt") else { return }
    typealias Function = @convention(c) (Int32, Int32) -> Int32
    _ = unsafeBitCast(symbol, to: Function.self)(option.rawValue, value)
  }

  /// Gives memory that was freed back to the system.
  package static func giveBack() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }

  /// The same, on a thread that nobody waits for: it takes some milliseconds.
  static func giveBackSoon() { DispatchQueue.global(qos: .utility).async { giveBack() } }

  /// Gives freed memory back when the process has much more than what is held.
  ///
  /// - Parameters:
  ///   - held: bytes in use, by our own count.
  ///   - budget: bytes allowed.
  /// - Complexity: a few milliseconds for each 100 MB when it does; then not again for a while,
  ///   unless it helped.
  package static func giveBack(held: Int, budget: Int) {
    let slack = min(held, budget) / 8 + (32 << 20)
    let resident = residentBytes
    let isDue = lastResident.withLock { last in
      guard resident > held + slack, resident > last + slack / 4 else { return false }
      return true
    }
    guard isDue else { return }
    giveBack()
    // What could not be given back is not asked for again until there is more.
    let left = residentBytes
    lastResident.withLock { $0 = left > held + slack ? left : 0 }
  }

  private static let lastResident = Mutex(0)

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
