import QueryLanguage
import Telemetry

extension ValueList {
  /// The value at `index` as a cell of a result.
  func result(_ index: Int) -> ResultValue {
    let value = bits[index]
    let scalar: Scalar? =
      switch Kind(rawValue: kinds[index]) {
      case .integer: .integer(Int64(bitPattern: value))
      case .double: .double(Double(bitPattern: value))
      case .milliseconds: .milliseconds(Int64(bitPattern: value))
      case .bool: .bool(value != 0)
      case .time: .time(value)
      case .spanID: .spanID(value)
      case .missing, .text, .bytes, .json, .traceID, nil: nil
      }
    if let scalar { return scalar.result }
    return arena[range(index)].withUnsafeBufferPointer { bytes in
      switch Kind(rawValue: kinds[index]) {
      case .text: Scalar.text(bytes).result
      case .bytes: Scalar.bytes(bytes).result
      case .json: Scalar.json(bytes).result
      case .traceID:
        Self.traceID(UnsafeRawBufferPointer(bytes)).result
      default: .missing
      }
    }
  }

  private static func traceID(_ raw: UnsafeRawBufferPointer) -> Scalar {
    .traceID(
      TraceID(
        high: raw.loadUnaligned(as: UInt64.self),
        low: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// The order of two values as ``ResultOrder`` has it, without making cells of texts.
  func order(_ index: Int, _ other: ValueList, _ otherIndex: Int) -> Int {
    switch (Kind(rawValue: kinds[index]), Kind(rawValue: other.kinds[otherIndex])) {
    case (.text, .text), (.json, .json): return bytesOrder(index, other, otherIndex)
    case (.spanID, .spanID):
      let (a, b) = (bits[index], other.bits[otherIndex])
      return a == b ? 0 : a < b ? -1 : 1
    default:
      // Text and bytes may be shown alike and are still different values.
      let order = ResultOrder.order(result(index), other.result(otherIndex))
      return order != 0 ? order : Int(kinds[index]) - Int(other.kinds[otherIndex])
    }
  }

  private func bytesOrder(_ position: Int, _ other: ValueList, _ otherIndex: Int) -> Int {
    let (first, second) = (range(position), other.range(otherIndex))
    return arena.withUnsafeBufferPointer { own in
      other.arena.withUnsafeBufferPointer { its in
        for index in 0..<min(first.count, second.count) {
          let (x, y) = (own[first.lowerBound &+ index], its[second.lowerBound &+ index])
          if x != y { return x < y ? -1 : 1 }
        }
        return first.count == second.count ? 0 : first.count < second.count ? -1 : 1
      }
    }
  }
}
