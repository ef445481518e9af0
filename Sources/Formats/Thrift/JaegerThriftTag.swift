import Telemetry

/// A key and a value of one of five types.
struct JaegerThriftTag {
  private(set) var key: UnsafeBufferPointer<UInt8>
  private var type: Int64 = 0
  private(set) var text: UnsafeBufferPointer<UInt8>
  private var double = 0.0
  private var bool = false
  private var integer: Int64 = 0
  private var bytes: UnsafeBufferPointer<UInt8>

  init(_ thrift: inout ThriftReader) {
    let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    (key, text, bytes) = (none, none, none)
    var last = 0
    while true {
      switch (thrift.field(after: &last), last) {
      case (.stop, _): return
      case (.text, 1): key = thrift.text()
      case (.int32, 2): type = thrift.integer(.int32)
      case (.text, 3): text = thrift.text()
      case (.double, 4): double = thrift.double()
      case (.bool, 5): bool = thrift.bool()
      case (.int64, 6): integer = thrift.integer(.int64)
      case (.text, 7): bytes = thrift.text()
      case (let kind, _): thrift.skip(kind)
      }
    }
  }

  func append(to batch: inout SpanBatch, isProcess: Bool = false) {
    let name = isProcess && key.equals("hostname") ? JaegerTags.hostName : key
    let key = batch.key(name)
    switch type {
    case 1: batch.attributes.append(AttributeRecord(key: key, double: double))
    case 2: batch.attributes.append(AttributeRecord(key: key, bool: bool))
    case 3: batch.attributes.append(AttributeRecord(key: key, integer: integer))
    case 4:
      let range = batch.append(bytes: bytes)
      batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    default:
      // Lists are texts of JSON.
      if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") {
        return PrintedValue.append(name, text, to: &batch)
      }
      let range = batch.append(bytes: text)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
    }
  }

  /// Sets what the tag stands for; false when it is an attribute.
  func lift(
    _ span: inout SpanRecord, _ scope: inout ScopeRecord, _ batch: inout SpanBatch
  ) -> Bool {
    if key.equals("span.kind") {
      span.setKind(word: text)
    } else if key.equals("error") {
      guard type == 2 ? bool : text.equals("true") else { return false }
      span.status = .error
    } else if key.equals("otel.status_code") {
      if text.equals("ERROR") { span.status = .error }
      if text.equals("OK"), span.status == .unset { span.status = .ok }
    } else if key.equals("otel.status_description") {
      span.statusMessage = batch.append(bytes: text)
    } else if key.equals("w3c.tracestate") {
      span.traceState = batch.append(bytes: text)
    } else if key.equals("otel.scope.name") || key.equals("otel.library.name") {
      scope.name = batch.append(bytes: text)
    } else if key.equals("otel.scope.version") || key.equals("otel.library.version") {
      scope.version = batch.append(bytes: text)
    } else {
      return false
    }
    return true
  }
}
