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

/// What this machine has.
package enum Machine {
  /// All memory, in bytes.
  package static var memory: ByteCount {
    ByteCount(Int(clamping: ProcessInfo.processInfo.physicalMemory))
  }

  /// A quarter of the machine's memory: what spans may take unless told otherwise.
  package static var standardLimit: ByteCount { ByteCount(memory.count / 4) }

  /// The clock on the wall. It may be set back.
  package static var now: UnixNanos {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UnixNanos(UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
  }
}
