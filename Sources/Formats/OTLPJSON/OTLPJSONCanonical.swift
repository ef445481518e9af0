import Telemetry

/// Writes nested values as canonical JSON, and notes what its texts stand for.
struct OTLPJSONCanonical {
  let attributes: OTLPJSONAttributes
  private(set) var types = TextTypes()

  init(attributes: OTLPJSONAttributes) { self.attributes = attributes }

  mutating func write(_ value: OTLPJSONValue, to out: inout [UInt8]) {
    switch value {
    case .empty: CanonicalJSON.null(to: &out)
    case .text(let text): types.quote(text, to: &out)
    case .bool(let bool): CanonicalJSON.bool(bool, to: &out)
    case .integer(let integer): CanonicalJSON.integer(integer, to: &out)
    case .double(let double): types.double(double, to: &out)
    case .bytes(let text):
      guard let bytes = Base64.bytes(text) else { return types.quote(text, to: &out) }
      bytes.withUnsafeBufferPointer { types.base64($0, to: &out) }
    case .array(let list): array(list, to: &out)
    case .map(let list): map(list, to: &out)
    case .unknown(let value):
      var json: [UInt8] = []
      TapeJSON.write(value, to: &json)
      json.withUnsafeBufferPointer { types.raw($0, to: &out) }
    }
  }

  private mutating func array(_ list: TapeValue, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "["))
    var isFirst = true
    var elements = TapeElements(list)
    while elements.next() {
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      write(OTLPJSONValue(elements.value, attributes.fields), to: &out)
    }
    out.append(UInt8(ascii: "]"))
  }

  private mutating func map(_ list: TapeValue, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "{"))
    var isFirst = true
    var pairs = TapeElements(list)
    while pairs.next() {
      guard pairs.value.isObject else { continue }
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      let (key, value) = attributes.pair(pairs.value)
      CanonicalJSON.quote(key, to: &out)
      out.append(UInt8(ascii: ":"))
      write(OTLPJSONValue(value, attributes.fields), to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }
}
