import Telemetry

/// Writes any parsed JSON value as canonical JSON: whole numbers without a point, doubles with one.
///
/// The tape is walked token by token, so that depth costs no stack.
enum TapeJSON {
  private struct Container {
    var isObject: Bool
    var isFirst = true
    /// In an object, whether a name comes next.
    var isName: Bool
  }

  /// - Complexity: O(*n*) in the tokens.
  static func write(_ value: TapeValue, to out: inout [UInt8]) {
    var open: [Container] = []
    var token = value
    let end = value.next
    while token.index < end {
      if let container = open.last {
        if token.isEnd {
          out.append(container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
          open.removeLast()
          token = token.at(token.index + 1)
          continue
        }
        let index = open.count - 1
        if !container.isObject || container.isName {
          if !container.isFirst { out.append(UInt8(ascii: ",")) }
          open[index].isFirst = false
        }
        if container.isObject { open[index].isName.toggle() }
        if container.isName {
          CanonicalJSON.quote(token.uncheckedText, to: &out)
          out.append(UInt8(ascii: ":"))
          token = token.at(token.index + 1)
          continue
        }
      }
      if token.isObject || token.isArray {
        out.append(token.isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        open.append(Container(isObject: token.isObject, isName: token.isObject))
        token = token.at(token.index + 1)
      } else {
        writeScalar(token, to: &out)
        token = token.at(token.next)
      }
    }
  }

  private static func writeScalar(_ value: TapeValue, to out: inout [UInt8]) {
    switch value.kind {
    case .text: CanonicalJSON.quote(value.uncheckedText, to: &out)
    case .integer: CanonicalJSON.integer(value.integer ?? 0, to: &out)
    case .unsigned: CanonicalJSON.unsigned(value.unsigned ?? 0, to: &out)
    case .double: CanonicalJSON.double(value.double ?? 0, to: &out)
    case .yes: CanonicalJSON.bool(true, to: &out)
    case .no: CanonicalJSON.bool(false, to: &out)
    case .null, .object, .array: CanonicalJSON.null(to: &out)
    }
  }
}

extension TapeValue {
  /// Whether this token closes an object or array.
  fileprivate var isEnd: Bool { type == UInt8(ascii: "}") || type == UInt8(ascii: "]") }
}
