/// Where the newest part of a trace is, in eight bytes.
struct TraceLocation: Equatable {
  let code: Int64

  /// In the open region, by its number there.
  static func open(_ number: Int32) -> TraceLocation { TraceLocation(code: Int64(number) << 1) }

  /// In a sealed segment, by the segment's number and its index there.
  static func sealed(_ segment: Int, _ trace: Int) -> TraceLocation {
    TraceLocation(code: (Int64(segment) << 32 | Int64(trace)) << 1 | 1)
  }

  /// None of the parts held can grow: the next span begins another.
  static let closed = TraceLocation(code: .max)

  /// The number of an open trace.
  var openNumber: Int32? { code & 1 == 0 ? Int32(code >> 1) : nil }

  /// The segment and index of a sealed trace.
  var sealedLocation: (segment: Int, trace: Int)? {
    guard code & 1 == 1, code != .max else { return nil }
    return (Int(code >> 33), Int(code >> 1 & 0xFFFF_FFFF))
  }
}
