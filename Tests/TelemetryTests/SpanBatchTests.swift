import Telemetry
import TestSupport
import Testing

@Suite struct SpanBatchTests {
  @Test("attributes written as objects read back, maps flattened to dotted keys")
  func roundTrip() {
    var batch = SpanBatch()
    let range = batch.append(attributes: [
      .init("http.target", .text("/fib?index=5")),
      .init("ok", .bool(true)),
      .init("n", .integer(.min)),
      .init("x", .double(0.1)),
      .init("raw", .bytes([0, 255])),
      .init("list", .array([.integer(1), .double(1), .text("ü\"\n"), .empty])),
      .init("map", .map([.init("a", .integer(1)), .init("b", .map([.init("c", .bool(false))]))])),
      .init("none", .map([])),
    ])
    #expect(
      batch.entries(range) == [
        .init("http.target", .text("/fib?index=5")),
        .init("ok", .bool(true)),
        .init("n", .integer(.min)),
        .init("x", .double(0.1)),
        .init("raw", .bytes([0, 255])),
        .init("list", .array([.integer(1), .double(1), .text("ü\"\n"), .empty])),
        .init("map.a", .integer(1)),
        .init("map.b.c", .bool(false)),
        .init("none", .map([])),
      ])
  }

  @Test("an attribute takes 16 bytes, a span at most 128")
  func sizes() {
    #expect(MemoryLayout<AttributeRecord>.stride == 16)
    #expect(MemoryLayout<SpanRecord>.stride <= 128)
  }

  @Test("a key keeps its index whatever order keys come in", arguments: 0..<50 as Range<UInt64>)
  func keys(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var batch = SpanBatch()
    var seen: [String: UInt32] = [:]
    for _ in 0..<2_000 {
      let key = "key." + String(Int.random(in: 0..<300, using: &random))
      let index = batch.key(key)
      #expect(seen[key] == nil || seen[key] == index, "seed \(seed), \(key)")
      seen[key] = index
      #expect(batch.keyText(Int(index)) == key)
    }
    #expect(batch.keys.count == seen.count)
  }
}

@Suite struct ValueTextTests {
  @Test(
    "base64 of RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func base64(plain: String, text: String) {
    #expect(Base64.text(Array(plain.utf8)) == text)
    #expect(Base64.bytes(text.utf8) == Array(plain.utf8))
  }

  @Test("what is no base64 or JSON is refused")
  func refused() {
    #expect(Base64.bytes("Zg=a".utf8) == nil)
    #expect(Base64.bytes("Z".utf8) == nil)
    #expect(ValueJSON.parse("[1,".utf8) == nil)
    #expect(ValueJSON.parse(String(repeating: "[", count: 100_000).utf8) == nil)
    #expect(ValueJSON.parse(#""\ud83d\ude00""#.utf8) == .text("😀"))
  }

  @Test(
    "sizes as people write them",
    arguments: [
      ("2GiB", 2_147_483_648), ("512MiB", 536_870_912), ("2GB", 2_000_000_000),
      ("1.5k", 1_500), ("1000000", 1_000_000), ("7 B", 7),
    ])
  func sizes(text: String, count: Int) {
    #expect(ByteCount(text: text)?.count == count)
  }

  @Test("what is no size is refused", arguments: ["", "GiB", "-1", "2XB", "2GiBs", "1e99"])
  func noSize(text: String) {
    #expect(ByteCount(text: text) == nil)
  }

  @Test(
    "sizes as the header shows them",
    arguments: [
      (812, "812 B"), (3_100_000, "3.1 MB"), (2_147_483_648, "2.1 GB"), (52_000, "52 kB"),
    ])
  func shortSizes(count: Int, text: String) {
    #expect(ByteCount(count).short == text)
  }
}
