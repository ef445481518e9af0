/// How an attribute lay in what was sent, where its record does not say it: the maps that were
/// flattened into its key, and the types of texts inside a list.
///
/// Only decoders and the writer of OTLP JSON know what the bytes mean. The store keeps none.
package struct AttributeDetail: Sendable {
  /// Index into ``SpanBatch/attributes``.
  package var attribute: UInt32
  /// The detail in ``SpanBatch/arena``, in an encoding of the decoders' own.
  package var bytes: ByteRange

  package init(attribute: UInt32, bytes: ByteRange) {
    (self.attribute, self.bytes) = (attribute, bytes)
  }
}

extension SpanBatch {
  /// The detail of an attribute, or nil: most have none.
  ///
  /// - Complexity: O(log *n*) in the details.
  package func detail(of attribute: Int) -> ByteRange? {
    let index = firstDetail(from: attribute)
    guard index < details.count, details[index].attribute == attribute else { return nil }
    return details[index].bytes
  }

  /// The index of the first detail of the attribute or one behind it.
  private func firstDetail(from attribute: Int) -> Int {
    var (low, high) = (0, details.count)
    while low < high {
      let middle = (low + high) / 2
      if details[middle].attribute < attribute { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Removes the last attributes, with their details.
  package mutating func removeLastAttributes(_ count: Int) {
    attributes.removeLast(count)
    while let last = details.last, last.attribute >= attributes.count { details.removeLast() }
  }
}
