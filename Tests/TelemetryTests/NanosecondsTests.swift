import Telemetry
import Testing

@Suite struct NanosecondsTests {
  @Test(
    "three figures and a unit",
    arguments: [
      (0, "0ns"), (873, "873ns"), (999, "999ns"), (1_000, "1.00us"), (1_200_000, "1.20ms"),
      (9_994_999, "9.99ms"), (9_995_000, "10.0ms"), (41_000_000_000, "41.0s"),
      (999_499, "999us"), (999_500, "1.00ms"), (999_500_000, "1.00s"), (59_949_999_999, "59.9s"),
      (59_950_000_000, "0m59s"), (125_000_000_000, "2m05s"), (11_220_000_000_000, "3h07m"),
    ] as [(Int64, String)])
  func short(count: Int64, text: String) {
    #expect(Nanoseconds(count).short == text)
  }

  @Test("a clock that ran backwards gives zero")
  func backwards() {
    #expect(Nanoseconds(from: UnixNanos(10), to: UnixNanos(4)) == .zero)
    #expect(Nanoseconds(from: UnixNanos(4), to: UnixNanos(10)).count == 6)
    #expect(Nanoseconds(from: UnixNanos(0), to: UnixNanos(.max)).count == .max)
    #expect(Nanoseconds(-5) == .zero)
  }
}

@Suite struct UnixNanosTests {
  @Test("moving an instant stops at both ends of the range")
  func advanced() {
    #expect(UnixNanos(10).advanced(by: -20) == .zero)
    #expect(UnixNanos(.max).advanced(by: 1) == UnixNanos(.max))
    #expect(UnixNanos(10).advanced(by: 5) == UnixNanos(15))
    #expect(UnixNanos(3).since(UnixNanos(10)) == -7)
    #expect(UnixNanos(.max).since(.zero) == .max)
  }
}
