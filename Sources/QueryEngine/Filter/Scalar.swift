import QueryLanguage
import Telemetry

/// One value of a field as a test sees it. Texts are borrowed and live as long as the column.
enum Scalar {
  case integer(Int64)
  case double(Double)
  /// Nanoseconds of a field that is shown in milliseconds.
  case milliseconds(Int64)
  case bool(Bool)
  case text(UnsafeBufferPointer<UInt8>)
  /// Shown and compared as base64.
  case bytes(UnsafeBufferPointer<UInt8>)
  /// The JSON of an array or of an empty map.
  case json(UnsafeBufferPointer<UInt8>)
  /// Unix nanoseconds.
  case time(UInt64)
  case spanID(UInt64)
  case traceID(TraceID)

  /// The number it is, or nil; texts are no numbers here.
  var number: Number? {
    switch self {
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .milliseconds(let value): .double(Double(value) / 1_000_000)
    case .time(let value): Int64(exactly: value).map { .integer($0) } ?? .double(Double(value))
    case .bool, .text, .bytes, .json, .spanID, .traceID: nil
    }
  }

  /// Calls `body` with the value as it is shown, as UTF-8.
  func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    var shown: String
    switch self {
    case .text(let bytes), .json(let bytes): return body(bytes)
    case .integer(let value): shown = String(value)
    case .double(let value): shown = Self.shown(value)
    case .milliseconds(let value): shown = Self.shown(Double(value) / 1_000_000)
    case .bool(let value): shown = value ? "true" : "false"
    case .bytes(let bytes): shown = Base64.text(bytes)
    case .time(let value): shown = String(value)
    case .spanID(let value): shown = SpanID(value).hex
    case .traceID(let value): shown = value.hex
    }
    return shown.withUTF8(body)
  }

  /// As a cell of a result; invalid UTF-8 is repaired.
  var result: ResultValue {
    switch self {
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .milliseconds(let value): .double(Double(value) / 1_000_000)
    case .bool(let value): .bool(value)
    case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
    case .json(let bytes): .json(String(decoding: bytes, as: UTF8.self))
    case .time(let value): .time(value)
    case .bytes(let bytes): .text(Base64.text(bytes))
    case .spanID(let value): .text(SpanID(value).hex)
    case .traceID(let value): .text(value.hex)
    }
  }

  /// Whole doubles without `.0`, as tables show them.
  static func shown(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
