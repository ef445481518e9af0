import QueryLanguage
import Telemetry

extension ValueList {
  /// The value at `place` as a cell of a result.
  func result(_ place: Int) -> ResultValue {
    let value = bits[place]
    let scalar: Scalar? =
      switch Kind(rawValue: kinds[place]) {
      case .integer: .integer(Int64(bitPattern: value))
      case .double: .double(Double(bitPattern: value))
      case .milliseconds: .milliseconds(Int64(bitPattern: value))
      case .bool: .bool(value != 0)
      case .time: .time(value)
      case .spanID: .spanID(value)
      case .missing, .text, .bytes, .json, .traceID, nil: nil
      }
    if let scalar { return scalar.result }
    return arena[range(place)].withUnsafeBufferPointer { bytes in
      switch Kind(rawValue: kinds[place]) {
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
  func order(_ place: Int, _ other: ValueList, _ otherPlace: Int) -> Int {
    switch (Kind(rawValue: kinds[place]), Kind(rawValue: other.kinds[otherPlace])) {
    case (.text, .text), (.json, .json): return bytesOrder(place, other, otherPlace)
    case (.spanID, .spanID):
      let (a, b) = (bits[place], other.bits[otherPlace])
      return a == b ? 0 : a < b ? -1 : 1
    default:
      // Text and bytes may be shown alike and are still different values.
      let order = ResultOrder.order(result(place), other.result(otherPlace))
      return order != 0 ? order : Int(kinds[place]) - Int(other.kinds[otherPlace])
    }
  }

  private func bytesOrder(_ place: Int, _ other: ValueList, _ otherPlace: Int) -> Int {
    let (first, second) = (range(place), other.range(otherPlace))
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
