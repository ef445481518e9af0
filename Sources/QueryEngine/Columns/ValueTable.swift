import QueryLanguage
import SpanStore
import Telemetry

/// The distinct values that the codes of a column stand for.
enum ValueTable {
  case texts(TextDictionary)
  case values(ValueDictionary)
  /// Trace ids; the code is the trace's position in the segment.
  case traces(TraceTable)

  var count: Int {
    switch self {
    case .texts(let texts): texts.count
    case .values(let values): values.count
    case .traces(let traces): traces.count
    }
  }

  /// Bytes of an entry, about.
  func length(_ code: Int) -> Int {
    switch self {
    case .texts(let texts): texts.range(code).count
    case .values(let values): values.length(code)
    case .traces: 16
    }
  }

  func withValue<Result>(_ code: Int, _ body: (Scalar) -> Result) -> Result {
    switch self {
    case .texts(let texts): texts.withBytes(code) { body(.text($0)) }
    case .traces(let traces): body(.traceID(traces.id(code)))
    case .values(let values): values.withScalar(code, body)
    }
  }

  var type: FieldType {
    switch self {
    case .texts: return .text
    case .traces: return .id
    case .values(let values):
      let types = Set((0..<values.count).compactMap { FieldType(values.type($0)) })
      return types.count == 1 ? types.first ?? .mixed : .mixed
    }
  }
}

extension ValueDictionary {
  /// Calls `body` with an entry's value; an empty entry, which no present row has, is empty text.
  func withScalar<Result>(_ code: Int, _ body: (Scalar) -> Result) -> Result {
    switch value(code) {
    case .empty: return body(.text(UnsafeBufferPointer(start: nil, count: 0)))
    case .integer(let value): return body(.integer(value))
    case .double(let value): return body(.double(value))
    case .bool(let value): return body(.bool(value))
    case .text(var text): return text.withUTF8 { body(.text($0)) }
    case .bytes(let bytes): return bytes.withUnsafeBufferPointer { body(.bytes($0)) }
    case .array, .map:
      var text = ValueJSON.text(value(code))
      return text.withUTF8 { body(.json($0)) }
    }
  }
}

extension FieldType {
  /// The type of a field whose values are all of this attribute type; nil for no value.
  init?(_ type: AttributeType) {
    switch type {
    case .empty: return nil
    case .text: self = .text
    case .bool: self = .bool
    case .integer: self = .integer
    case .double: self = .double
    case .bytes: self = .bytes
    case .array, .map: self = .array
    }
  }
}
