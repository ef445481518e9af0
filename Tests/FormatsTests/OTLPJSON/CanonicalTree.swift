import Foundation

/// OTLP JSON as Foundation reads it, in one form: what the specification says means the same is the
/// same. Shares no code with the decoders it judges.
///
/// A span is a line: its resource, its scope and itself, members sorted, absent and default values
/// left out, ids in hex, enums and 64-bit numbers as digits.
enum CanonicalTree {
  static func spans(_ bytes: [UInt8]) throws -> [String] {
    var lines: [String] = []
    for line in bytes.split(separator: 0x0A) where line.contains(where: { $0 > 0x20 }) {
      let root = try JSONSerialization.jsonObject(with: Data(line), options: [.fragmentsAllowed])
      for request in root as? [[String: Any]] ?? [root as? [String: Any] ?? [:]] {
        lines += spans(of: camel(request))
      }
    }
    return lines.sorted()
  }

  private static func spans(of request: [String: Any]) -> [String] {
    let outer =
      request["resourceSpans"] ?? request["batches"]
      ?? (request["trace"] as? [String: Any])?["resourceSpans"]
    var lines: [String] = []
    for group in outer as? [[String: Any]] ?? [request] {
      let scopes = group["scopeSpans"] ?? group["instrumentationLibrarySpans"]
      for scoped in scopes as? [[String: Any]] ?? [] {
        for span in scoped["spans"] as? [[String: Any]] ?? [] {
          let parts: [String: Any] = [
            "resource": group["resource"] ?? [:], "resourceSchema": group["schemaUrl"] ?? "",
            "resourceMore": group.filter {
              !["resource", "schemaUrl", "scopeSpans", "instrumentationLibrarySpans"].contains(
                $0.key)
            },
            "scope": scoped["scope"] ?? scoped["instrumentationLibrary"] ?? [:],
            "scopeSchema": scoped["schemaUrl"] ?? "",
            "scopeMore": scoped.filter {
              !["scope", "schemaUrl", "spans", "instrumentationLibrary"].contains($0.key)
            },
            "span": span,
          ]
          lines.append(text(parts, "") ?? "")
        }
      }
    }
    return lines
  }

  /// nil for what is the same as absent.
  private static func text(_ value: Any, _ name: String) -> String? {
    switch name {
    case "traceId", "spanId", "parentSpanId":
      let hex = id(value as? String ?? "")
      return hex.allSatisfy { $0 == "0" } ? nil : hex
    case "kind", "code": return number(enumNumber(value))
    case "value": return anyValue(value)
    case "flags", "startTimeUnixNano", "endTimeUnixNano", "timeUnixNano",
      "droppedAttributesCount", "droppedEventsCount", "droppedLinksCount":
      return number(value)
    case "startTime", "endTime": return nil
    default: break
    }
    switch value {
    case let object as [String: Any]:
      let parts = object.compactMap { key, value in text(value, key).map { "\(key)=\($0)" } }
      return parts.isEmpty ? nil : "{" + parts.sorted().joined(separator: " ") + "}"
    case let list as [Any]:
      let isPairs = name == "attributes"
      let parts = list.map { element in
        guard isPairs, let pair = element as? [String: Any] else {
          return text(element, "") ?? "{}"
        }
        return "\(pair["key"] as? String ?? ""):\(anyValue(pair["value"] ?? [:] as [String: Any]))"
      }
      return parts.isEmpty ? nil : "[" + parts.joined(separator: " ") + "]"
    case let string as String: return string.isEmpty ? nil : "'\(string)'"
    case let number as NSNumber: return "\(number)"
    default: return nil
    }
  }

  /// With its type, so that `1` and `"1"` and `1.0` differ.
  private static func anyValue(_ value: Any) -> String {
    guard let object = value as? [String: Any], let (key, inner) = object.first else {
      return "empty"
    }
    switch key {
    case "stringValue": return "s'\(inner)'"
    case "boolValue": return "b\((inner as? NSNumber)?.boolValue ?? false)"
    case "intValue": return "i\(inner)"
    case "doubleValue":
      let number = (inner as? NSNumber)?.doubleValue ?? Double(inner as? String ?? "") ?? .nan
      return "d\(number.isNaN ? 0x7FF8_0000_0000_0000 : number.bitPattern)"
    case "bytesValue": return "y\(inner)"
    case "arrayValue":
      let list = (inner as? [String: Any])?["values"] as? [Any] ?? inner as? [Any] ?? []
      return "[" + list.map(anyValue).joined(separator: ",") + "]"
    case "kvlistValue", "kvListValue":
      let list = (inner as? [String: Any])?["values"] as? [[String: Any]] ?? []
      return "{"
        + list.map { "\($0["key"] ?? ""):\(anyValue($0["value"] ?? [:] as [String: Any]))" }
        .joined(separator: ",") + "}"
    default: return "?\(key)=\(text(inner, "") ?? "")"
    }
  }

  private static func id(_ text: String) -> String {
    if text.count % 4 == 0, text.hasSuffix("="), let data = Data(base64Encoded: text) {
      return data.map { String(format: "%02x", $0) }.joined()
    }
    return text.lowercased()
  }

  private static func enumNumber(_ value: Any) -> Any {
    let names: [String: Int] = [
      "SPAN_KIND_UNSPECIFIED": 0, "SPAN_KIND_INTERNAL": 1, "SPAN_KIND_SERVER": 2,
      "SPAN_KIND_CLIENT": 3, "SPAN_KIND_PRODUCER": 4, "SPAN_KIND_CONSUMER": 5,
      "STATUS_CODE_UNSET": 0, "STATUS_CODE_OK": 1, "STATUS_CODE_ERROR": 2,
    ]
    return (value as? String).flatMap { names[$0] } ?? value
  }

  private static func number(_ value: Any) -> String? {
    let text = "\(value)"
    return text == "0" || text.isEmpty ? nil : text
  }

  /// Member names in lower camel case, except those of maps.
  private static func camel(_ object: [String: Any]) -> [String: Any] {
    var out: [String: Any] = [:]
    for (key, value) in object {
      let parts = key.split(separator: "_", omittingEmptySubsequences: false)
      let name =
        parts.count > 1 && key.first != "_"
        ? parts.enumerated().map { $0 == 0 ? String($1) : $1.capitalized }.joined() : key
      out[name] = camel(any: value)
    }
    return out
  }

  private static func camel(any value: Any) -> Any {
    switch value {
    case let object as [String: Any]: camel(object)
    case let list as [Any]: list.map { camel(any: $0) }
    default: value
    }
  }
}
