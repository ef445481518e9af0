import NIOCore
import Telemetry

/// Bodies of OTLP answers. They are so few and small that they are written by hand.
enum ExportReply {
  /// An `Export…ServiceResponse`: empty, or with field 1, `partial_success`, whose field 1 is the
  /// count and field 2 the text. The three signals share the numbers.
  static func success(_ partial: PartialSuccess?, _ format: BodyFormat, _ signal: Signal)
    -> ByteBuffer
  {
    switch format {
    case .protobuf:
      guard let partial else { return ByteBuffer() }
      let inner = varintField(1, partial.rejected) + textField(2, partial.message)
      return ByteBuffer(bytes: lengthField(1, inner))
    case .json:
      guard let partial else { return ByteBuffer(string: "{}") }
      let count =
        switch signal {
        case .traces: "rejectedSpans"
        case .metrics: "rejectedDataPoints"
        case .logs: "rejectedLogRecords"
        }
      var json = JSONWriter()
      json.object { json in
        json.member("partialSuccess") { json in
          json.object { json in
            // 64-bit numbers are strings in protobuf's JSON.
            json.member(count) { $0.string(String(partial.rejected)) }
            json.member("errorMessage") { $0.string(partial.message) }
          }
        }
      }
      return ByteBuffer(bytes: json.bytes)
    }
  }

  /// A `google.rpc.Status`: field 1 the code, field 2 the text.
  static func failure(_ failure: ExportFailure, _ format: BodyFormat) -> ByteBuffer {
    switch format {
    case .protobuf:
      return ByteBuffer(bytes: varintField(1, failure.grpcStatus) + textField(2, failure.message))
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("code") { $0.integer(failure.grpcStatus) }
        json.member("message") { $0.string(failure.message) }
      }
      return ByteBuffer(bytes: json.bytes + [UInt8(ascii: "\n")])
    }
  }

  /// What makes exporters send a call of `RESOURCE_EXHAUSTED` again: a `google.rpc.Status` whose
  /// field 3 is an `Any` (1 the type, 2 the bytes) of a `RetryInfo` (1 a `Duration`, 1 seconds).
  ///
  /// https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-throttling
  static func details(_ failure: ExportFailure) -> String? {
    guard let seconds = failure.retryAfter else { return nil }
    let delay = lengthField(1, varintField(1, seconds))
    let any =
      textField(1, "type.googleapis.com/google.rpc.RetryInfo") + lengthField(2, delay)
    return base64(
      varintField(1, failure.grpcStatus) + textField(2, failure.message) + lengthField(3, any))
  }

  /// As binary metadata is written in HTTP/2 headers; padding may be left out.
  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in bytes {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[bits >> count & 0x3F])
      }
    }
    if count > 0 { text.append(digits[bits << (6 - count) & 0x3F]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// A text as gRPC writes it in a header: percent signs for what is not printable ASCII.
  static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if byte >= 0x20, byte <= 0x7E, byte != 0x25 {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return encoded
  }

  private static func varintField(_ number: Int, _ value: Int) -> [UInt8] {
    varint(number << 3) + varint(value)
  }

  private static func lengthField(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(bytes.count) + bytes
  }

  private static func textField(_ number: Int, _ text: String) -> [UInt8] {
    lengthField(number, Array(text.utf8))
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var rest = UInt(value)
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
