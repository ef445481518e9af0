/// What stands behind the method of a request: `/path?query`, or a whole address as proxies get it
/// (RFC 9112 §3.2.2).
package struct RequestTarget: Equatable, Sendable {
  /// Without the query; as it was sent, nothing decoded.
  package let path: String
  /// Behind the question mark; empty without one.
  package let query: String

  package init(_ target: String) {
    var rest = target[...]
    if !rest.hasPrefix("/"), let scheme = rest.firstRange(of: "://") {
      rest = rest[scheme.upperBound...].drop { $0 != "/" && $0 != "?" }
      if !rest.hasPrefix("/") { rest = "/" + rest }
    }
    rest = rest.prefix { $0 != "#" }
    path = String(rest.prefix { $0 != "?" })
    query = String(rest.dropFirst(path.count).dropFirst())
  }
}
