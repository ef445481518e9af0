/// Enum values as number, text of a number, or name in any case, with or without the prefix.
///
/// Source: opentelemetry-proto `trace.proto`; old collectors and protobuf-JSON write the names.
enum OTLPEnums {
  /// The number of a span kind, known or not; nil for an unknown name.
  @inline(__always)
  static func kind(_ value: TapeValue) -> UInt64? {
    value.isText ? kind(text: value.uncheckedText) : OTLPNumbers.unsigned(value)
  }

  /// The number of a status code, known or not; nil for an unknown name.
  @inline(__always)
  static func status(_ value: TapeValue) -> UInt64? {
    value.isText ? status(text: value.uncheckedText) : OTLPNumbers.unsigned(value)
  }

  /// What the specification, Python, PHP and Google put before a kind.
  private static let kindPrefixes: [StaticString] = ["span_kind_", "spankind.", "kind_", "rpc_"]

  static func kind(text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    let name = kindPrefixes.reduce(text) { without($1, $0) }
    if name.isWord("unspecified") || name.isEmpty { return 0 }
    if name.isWord("internal") { return 1 }
    if name.isWord("server") { return 2 }
    if name.isWord("client") { return 3 }
    if name.isWord("producer") { return 4 }
    if name.isWord("consumer") { return 5 }
    return OTLPNumbers.unsigned(name)
  }

  static func status(text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    let name = without("status_code_", text)
    if name.isWord("unset") || name.isEmpty { return 0 }
    if name.isWord("ok") { return 1 }
    if name.isWord("error") { return 2 }
    return OTLPNumbers.unsigned(name)
  }

  private static func without(
    _ prefix: StaticString, _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let length = prefix.utf8CodeUnitCount
    guard text.count >= length, text.part(0..<length).isWord(prefix) else { return text }
    return text.part(length..<text.count)
  }
}
