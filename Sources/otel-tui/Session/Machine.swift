import Foundation
import Telemetry

/// What this machine has.
enum Machine {
  /// All memory, in bytes.
  static var memory: ByteCount {
    ByteCount(Int(clamping: ProcessInfo.processInfo.physicalMemory))
  }

  /// A quarter of the machine's memory: what spans may take unless told otherwise.
  static var standardLimit: ByteCount { ByteCount(memory.count / 4) }

  /// Bytes of this process in memory now; 0 where that cannot be told.
  static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0
    }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Requests and batches of megabytes come and go all the time; glibc would give each back to the
  /// system and fault it in again. Half as many spans a second more on one connection.
  static func prepareMemory() {
    // <malloc.h> is in no Swift module; elsewhere than in glibc there is no such function.
    guard let symbol = dlsym(nil, "mallopt") else { return }
    typealias Option = @convention(c) (Int32, Int32) -> Int32
    let mallopt = unsafeBitCast(symbol, to: Option.self)
    let (trimThreshold, mapThreshold): (Int32, Int32) = (-1, -3)
    _ = mallopt(trimThreshold, 256 << 20)
    _ = mallopt(mapThreshold, 256 << 20)
  }

  /// Gives memory that a bulk load has freed back to the system.
  static func returnMemory() {
    guard let symbol = dlsym(nil, "malloc_trim") else { return }
    typealias Trim = @convention(c) (Int) -> Int32
    _ = unsafeBitCast(symbol, to: Trim.self)(0)
  }

  static var now: UnixNanos {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UnixNanos(UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
  }
}
