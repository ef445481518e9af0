import NIOCore
package import NIOHTTP1
import Telemetry

/// A request as it came, its body within ``APIService/bodyLimit``.
package struct APIRequest: Sendable {
  package var method: HTTPMethod
  /// As on the first line: path and query.
  package var target: String
  package var headers: HTTPHeaders
  package var body: [UInt8]

  package init(
    _ method: HTTPMethod, _ target: String, headers: HTTPHeaders = HTTPHeaders(),
    body: [UInt8] = []
  ) {
    (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
  }
}

/// The arguments of a request: the members of a JSON object, or what stands behind the question
/// mark.
struct APIArguments {
  private var values: [String: AttributeValue] = [:]

  /// - Parameter text: `a=1&b=two%20words`; of a name given twice the last one counts.
  init(query text: String) throws(APIFailure) {
    for part in text.split(separator: "&") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = try Self.decoded(pair.count > 1 ? pair[1] : "")
      values[try Self.decoded(pair[0])] = .text(value)
    }
  }

  /// - Parameters:
  ///   - body: a JSON object, or a text that is the value of `name`.
  init(body: [UInt8], textIs name: String) throws(APIFailure) {
    guard let first = body.first(where: { $0 > 0x20 }) else {
      throw APIFailure(
        .badRequest, "the body is empty", hint: "send the text, or JSON {\"\(name)\": \"…\"}")
    }
    guard first == UInt8(ascii: "{") else {
      guard let text = String(validating: body, as: UTF8.self) else {
        throw APIFailure(.badRequest, "the body is not UTF-8")
      }
      values = [name: .text(text)]
      return
    }
    guard case .map(let entries) = ValueJSON.parse(body) else {
      throw APIFailure(
        .badRequest, "the body is no JSON object", hint: "send {\"\(name)\": \"…\"}, or the text")
    }
    for entry in entries { values[entry.key] = entry.value }
  }

  /// - Throws: for a name that is none of these, with the nearest.
  func check(_ names: [String]) throws(APIFailure) {
    guard let odd = values.keys.sorted().first(where: { !names.contains($0) }) else { return }
    let hint = names.isEmpty ? "there are none here" : "one of \(names.joined(separator: ", "))"
    throw APIFailure(.badRequest, "unknown argument '\(odd.prefix(60))'", hint: hint)
  }

  /// Nil where it is not given, or null.
  func text(_ name: String) throws(APIFailure) -> String? {
    switch values[name] {
    case nil, .empty: return nil
    case .text(let text): return text
    default: throw APIFailure(.badRequest, "'\(name)' is no text")
    }
  }

  /// - Throws: below zero, or no whole number.
  func count(_ name: String) throws(APIFailure) -> Int? {
    switch values[name] {
    case nil, .empty: return nil
    case .integer(let number) where number >= 0: return Int(number)
    case .text(let text):
      if let number = Int(text), number >= 0 { return number }
    default: break
    }
    throw APIFailure(.badRequest, "'\(name)' is no count", hint: "a whole number from 0")
  }

  func flag(_ name: String) throws(APIFailure) -> Bool {
    switch values[name] {
    case nil, .empty, .text("false"): return false
    case .bool(let value): return value
    case .text("true"), .text(""): return true
    default: throw APIFailure(.badRequest, "'\(name)' is neither true nor false")
    }
  }

  /// A list of texts, or one text with commas.
  func list(_ name: String) throws(APIFailure) -> [String] {
    guard case .array(let values)? = values[name] else {
      return try (text(name) ?? "").split(separator: ",").map(String.init)
    }
    var texts: [String] = []
    for value in values {
      guard case .text(let text) = value else {
        throw APIFailure(.badRequest, "'\(name)' is no list of texts")
      }
      texts.append(text)
    }
    return texts
  }

  private static func decoded(_ text: Substring) throws(APIFailure) -> String {
    guard let decoded = PercentEncoding.decoded(text.replacing("+", with: " ")) else {
      throw APIFailure(.badRequest, "the address has a percent sign that encodes nothing")
    }
    return decoded
  }
}
