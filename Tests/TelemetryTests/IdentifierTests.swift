import Telemetry
import Testing

@Suite struct IdentifierTests {
  @Test("hex text reads and prints, upper case folded")
  func traceHex() {
    let id = TraceID(hex: "5B8EFFF798038103D269B633813FC60C")
    #expect(id == TraceID(high: 0x5B8E_FFF7_9803_8103, low: 0xD269_B633_813F_C60C))
    #expect(id?.hex == "5b8efff798038103d269b633813fc60c")
  }

  @Test("short ids are padded on the left, others refused")
  func padding() {
    #expect(TraceID(hex: "ff") == TraceID(high: 0, low: 255))
    #expect(TraceID(hex: "") == nil)
    #expect(TraceID(hex: "xyz") == nil)
    #expect(TraceID(hex: String(repeating: "a", count: 33)) == nil)
    #expect(SpanID(hex: "eee19b7ec3c1b174") == SpanID(0xEEE1_9B7E_C3C1_B174))
    #expect(SpanID(hex: "00000000000000001") == nil)
    #expect(SpanID(7).hex == "0000000000000007")
  }

  @Test("ids order as their hex text does")
  func order() {
    #expect(TraceID(high: 0, low: .max) < TraceID(high: 1, low: 0))
    #expect(TraceID(high: 1, low: 1) < TraceID(high: 1, low: 2))
  }
}
