import NIOHTTP1

/// Which web pages may send spans: those served from this machine, on any port.
///
/// A page elsewhere gets no permission: a browser then sends nothing, since both content types OTLP
/// has need a preflight (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
enum CrossOrigin {
  static func isLocal(_ origin: String) -> Bool {
    guard let scheme = ["http://", "https://"].first(where: { origin.hasPrefix($0) }) else {
      return false
    }
    var host = origin.dropFirst(scheme.count)
    if let colon = host.lastIndex(of: ":"), host[host.index(after: colon)...].allSatisfy(\.isNumber)
    {
      host = host[..<colon]
    }
    return host == "localhost" || host.hasSuffix(".localhost") || host == "127.0.0.1"
      || host == "[::1]"
  }

  /// Lets the page read the answer.
  static func permit(_ origin: String?, in headers: inout HTTPHeaders) {
    guard let origin, isLocal(origin) else { return }
    headers.add(name: "Access-Control-Allow-Origin", value: origin)
    headers.add(name: "Vary", value: "Origin")
  }

  /// Answers the browser's question whether the page may send at all.
  static func permitPreflight(_ request: HTTPHeaders, in headers: inout HTTPHeaders) {
    permit(request.first(name: "Origin"), in: &headers)
    guard headers.contains(name: "Access-Control-Allow-Origin") else { return }
    headers.add(name: "Access-Control-Allow-Methods", value: "POST, OPTIONS")
    let wanted = request.first(name: "Access-Control-Request-Headers")
    headers.add(
      name: "Access-Control-Allow-Headers", value: wanted ?? "Content-Type, Content-Encoding")
    headers.add(name: "Access-Control-Max-Age", value: "7200")
  }
}
