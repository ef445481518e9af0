/// One attribute in 16 bytes: key, type and value or where the value is.
///
/// Text, bytes, arrays and maps lie in the arena. An array is there as canonical JSON (integers
/// without a point, doubles always with a point or exponent, bytes as base64 text), since arrays
/// are shown and matched as JSON. Maps are flattened to dotted keys by the decoders; only an
/// empty map remains one, as `{}`.
package struct AttributeRecord: Sendable {
  /// Key index in the low 29 bits, type in the top 3.
  @usableFromInline var keyAndType: UInt32
  /// Bytes in the arena, or 0.
  package var length: UInt32
  /// The value's bits, or the offset in the arena.
  package var payload: UInt64

  /// - Parameter key: index into ``SpanBatch/keys``, of which the low 29 bits are kept.
  @inlinable
  package init(key: UInt32, type: AttributeType, payload: UInt64, length: UInt32 = 0) {
    keyAndType = key & 0x1FFF_FFFF | UInt32(type.rawValue) << 29
    self.payload = payload
    self.length = length
  }

  /// A text, bytes, array or map whose bytes are in the arena already.
  @inlinable
  package init(key: UInt32, type: AttributeType, bytes: ByteRange) {
    self.init(key: key, type: type, payload: UInt64(bytes.offset), length: bytes.length)
  }

  @inlinable
  package init(key: UInt32, integer: Int64) {
    self.init(key: key, type: .integer, payload: UInt64(bitPattern: integer))
  }

  @inlinable
  package init(key: UInt32, double: Double) {
    self.init(key: key, type: .double, payload: double.bitPattern)
  }

  @inlinable
  package init(key: UInt32, bool: Bool) {
    self.init(key: key, type: .bool, payload: bool ? 1 : 0)
  }

  /// Index into ``SpanBatch/keys``.
  @inlinable package var key: Int { Int(keyAndType & 0x1FFF_FFFF) }

  @inlinable package var type: AttributeType {
    AttributeType(rawValue: UInt8(truncatingIfNeeded: keyAndType >> 29)) ?? .empty
  }

  /// The type's raw value, for loops that compare types.
  @inlinable package var typeCode: UInt8 { UInt8(truncatingIfNeeded: keyAndType >> 29) }

  /// The stretch of the arena of a text, bytes, array or map value.
  @inlinable package var bytes: ByteRange {
    ByteRange(offset: UInt32(truncatingIfNeeded: payload), length: length)
  }

  /// The value when ``type`` is `.integer`; the bits of another type mean nothing here.
  @inlinable package var integer: Int64 { Int64(bitPattern: payload) }
  /// The value when ``type`` is `.double`, NaN and infinities included.
  @inlinable package var double: Double { Double(bitPattern: payload) }
  /// The value when ``type`` is `.bool`.
  @inlinable package var bool: Bool { payload != 0 }
}
