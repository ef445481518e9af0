/// Enum values as number, text of a number, or name with or without the prefix.
///
/// Source: opentelemetry-proto `trace.proto`; old collectors and protobuf-JSON write the names.
enum OTLPEnums {
  /// The number of a span kind, known or not; nil for an unknown name.
  @inline(__always)
  static func kind(_ value: TapeValue) -> UInt64? {
    value.isText ? kind(value.uncheckedText) : OTLPNumbers.unsigned(value)
  }

  /// The number of a status code, known or not; nil for an unknown name.
  @inline(__always)
  static func status(_ value: TapeValue) -> UInt64? {
    value.isText ? status(value.uncheckedText) : OTLPNumbers.unsigned(value)
  }

  private static func kind(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    let name = without("SPAN_KIND_", text)
    if name.equals("UNSPECIFIED") || name.isEmpty { return 0 }
    if name.equals("INTERNAL") { return 1 }
    if name.equals("SERVER") { return 2 }
    if name.equals("CLIENT") { return 3 }
    if name.equals("PRODUCER") { return 4 }
    if name.equals("CONSUMER") { return 5 }
    return OTLPNumbers.unsigned(name)
  }

  private static func status(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    let name = without("STATUS_CODE_", text)
    if name.equals("UNSET") || name.isEmpty { return 0 }
    if name.equals("OK") { return 1 }
    if name.equals("ERROR") { return 2 }
    return OTLPNumbers.unsigned(name)
  }

  private static func without(
    _ prefix: StaticString, _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    guard text.starts(with: prefix) else { return text }
    return UnsafeBufferPointer(rebasing: text[prefix.utf8CodeUnitCount...])
  }
}
