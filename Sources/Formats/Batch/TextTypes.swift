import Telemetry

/// Writes texts of canonical JSON and notes which of them stand for something else: bytes, and the
/// doubles that JSON has no numbers for.
struct TextTypes {
  private(set) var notes: [ValueShape.TextType] = []
  private var count = 0

  mutating func quote(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    CanonicalJSON.quote(text, to: &out)
    count += 1
  }

  mutating func base64(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    CanonicalJSON.base64(bytes, to: &out)
    note(.bytes)
  }

  mutating func double(_ value: Double, to out: inout [UInt8]) {
    CanonicalJSON.double(value, to: &out)
    if !value.isFinite { note(.double) }
  }

  /// JSON that is no value of the specification, as a text.
  mutating func raw(_ json: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    CanonicalJSON.quote(json, to: &out)
    note(.raw)
  }

  private mutating func note(_ type: ValueShape.Kind) {
    notes.append(ValueShape.TextType(text: count, type: type))
    count += 1
  }
}
