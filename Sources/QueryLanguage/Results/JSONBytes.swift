/// Compact JSON, written straight into bytes.
///
/// The writer puts the commas; it trusts its caller to close what was opened.
package struct JSONBytes: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Whether something stands before the next value in the array or object now open.
  private var needsComma = false

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func object(_ body: (inout JSONBytes) -> Void) { nest("{", "}", body) }
  package mutating func array(_ body: (inout JSONBytes) -> Void) { nest("[", "]", body) }

  package mutating func array<T>(
    _ items: some Sequence<T>, _ each: (inout JSONBytes, T) -> Void
  ) {
    array { json in for item in items { each(&json, item) } }
  }

  /// The name of the member that the next value is.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func null() { raw("null") }
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

  /// 64-bit nanoseconds: a string, since a double cannot hold them.
  package mutating func nanoseconds(_ value: some BinaryInteger) { raw("\"\(value)\"") }

  /// The shortest digits that read back as the same double; `null` unless finite.
  package mutating func double(_ value: Double?) {
    guard let value, value.isFinite else { return null() }
    raw(value.description)
  }

  /// JSON made elsewhere, taken as it is.
  package mutating func raw(_ json: String) {
    comma()
    bytes += Array(json.utf8)
  }

  package mutating func string(_ text: String) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0x0D: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case 0x09: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      case ..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        bytes += Array("\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func nest(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONBytes) -> Void
  ) {
    comma()
    bytes.append(UInt8(ascii: open))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}
