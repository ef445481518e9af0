#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The time zone of this machine, or of `TZ`.
///
/// The C library's: Foundation's zones are those of a library that a self-contained binary has not.
enum LocalTime {
  /// Seconds east of Greenwich, now.
  static var offset: Int {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return parts.tm_gmtoff
  }
}
