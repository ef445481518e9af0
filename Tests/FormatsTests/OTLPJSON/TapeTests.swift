import Testing

@testable import Formats

@Suite struct TapeTests {
  /// The tape read back as canonical JSON.
  private func reprint(_ json: String, slack: Bool = false) throws -> String {
    var bytes = Array(json.utf8)
    let count = bytes.count
    if slack { bytes += [UInt8](repeating: 0x22, count: TapeParser.padding) }
    return try bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[..<count])
      return try TapeParser.borrow { parser throws(DecodeError) in
        let root = try parser.parse(text, slack: buffer.count - count)
        return print(root)
      }
    }
  }

  private func print(_ value: TapeValue) -> String {
    switch value.kind {
    case .object:
      var parts: [String] = []
      var fields = TapeFields(value)
      while fields.next() {
        parts.append("\(String(decoding: fields.key, as: UTF8.self)):\(print(fields.value))")
      }
      return "{" + parts.joined(separator: ",") + "}"
    case .array:
      var parts: [String] = []
      var elements = TapeElements(value)
      while elements.next() { parts.append(print(elements.value)) }
      return "[" + parts.joined(separator: ",") + "]"
    case .text: return "'" + String(decoding: value.text, as: UTF8.self) + "'"
    case .integer: return value.integer.map(String.init) ?? "?"
    case .unsigned: return value.unsigned.map { "\($0)u" } ?? "?"
    case .double: return value.double.map { "\($0)" } ?? "?"
    case .yes, .no: return value.bool.map { "\($0)" } ?? "?"
    case .null: return "null"
    }
  }

  @Test("Every kind of value is read, nested and in order", arguments: [false, true])
  func kinds(slack: Bool) throws {
    let json =
      #" {"a":[1,-2,18446744073709551615,1.5,true,false,null,[],{}],"b":{"c":"é\n\u2014"}} "#
    #expect(
      try reprint(json, slack: slack)
        == "{a:[1,-2,18446744073709551615u,1.5,true,false,null,[],{}],b:{c:'é\n—'}}")
  }

  @Test("A lone value is a document")
  func scalars() throws {
    #expect(try reprint("7") == "7")
    #expect(try reprint("\"\"") == "''")
  }

  @Test("Bare NaN and infinities outside texts become texts")
  func notNumbers() throws {
    #expect(
      try reprint(#"{"a":NaN,"b":[Infinity,-Infinity,-1],"c":"NaN Infinity \" -Infinity"}"#)
        == #"{a:'NaN',b:['Infinity','-Infinity',-1],c:'NaN Infinity " -Infinity'}"#)
  }

  @Test("Lone surrogates, raw control characters and invalid UTF-8 are repaired")
  func repairs() throws {
    #expect(try reprint(#"["\ud83d","\ude00x","\ud83d\ude00"]"#) == "['\u{FFFD}','\u{FFFD}x','😀']")
    #expect(try reprint("[\"a\u{1}\tb\"]") == "['a\u{1}\tb']")
    let bytes: [UInt8] = [0x5B, 0x22, 0xE9, 0x22, 0x5D]
    let text = try bytes.withUnsafeBufferPointer { buffer in
      try TapeParser.borrow { parser throws(DecodeError) in print(try parser.parse(buffer)) }
    }
    #expect(text == "['\u{FFFD}']")
  }

  @Test(
    "What is no JSON is refused",
    arguments: ["", "{", "{\"a\":}", "[1,,]", "[,]", "Nan", "{\"a\":NaNa}", "\"\\", "-Inf", "{]"])
  func refused(json: String) {
    #expect(throws: DecodeError.self) { try reprint(json) }
  }

  @Test("Members are found by name")
  func members() throws {
    let bytes = Array(#"{"ab":1,"a":2,"b":{"a":3}}"#.utf8)
    try bytes.withUnsafeBufferPointer { buffer in
      try TapeParser.borrow { parser throws(DecodeError) in
        let root = try parser.parse(buffer)
        #expect(root.count == 3)
        #expect(root.member("a")?.integer == 2)
        #expect(root.member("b")?.member("a")?.integer == 3)
        #expect(root.member("c") == nil)
      }
    }
  }
}
