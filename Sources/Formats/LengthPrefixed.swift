/// Unpacks one compressed message of a collector file.
///
/// Formats itself links no compression library; whoever reads files passes this in.
package typealias MessageUnpacker =
  @Sendable (UnsafeRawBufferPointer) throws(DecodeError) -> [UInt8]
