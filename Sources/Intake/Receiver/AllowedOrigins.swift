#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import NIOCore
package import NIOHTTP1

/// Which web pages may send spans: those served from this machine, on any port, and those that were
/// named.
///
/// The origin decides and not the host the request is for: a name of another's that resolves to
/// this machine reaches the port, but the browser still says which page it was. Programs send no
/// origin and are not asked for one.
package struct AllowedOrigins: Sendable {
  /// Hosts that mean this machine, IPv6 addresses in brackets, in lower case.
  private let hosts: Set<String>
  /// Origins as given, in lower case; `*` is every one.
  private let origins: Set<String>

  /// - Parameter others: origins such as `https://app.example`, or `*`.
  package init(machine hosts: Set<String> = Self.ownHosts(), others: [String]) {
    self.hosts = hosts
    origins = Set(others.map { Self.plain($0) })
  }

  package func allows(_ origin: String) -> Bool {
    let origin = Self.plain(origin)
    if origins.contains(origin) || origins.contains("*") { return true }
    return Self.host(of: origin).map(isOwn) ?? false
  }

  /// Whether a request says that it is for this machine: a page of another's name that resolves to
  /// this machine sends no origin when it only reads, but the browser says which name it asked.
  ///
  /// - Parameter host: a `Host` header.
  package func allowsHost(_ host: String) -> Bool {
    Self.host(of: "http://" + host.lowercased()).map(isOwn) ?? false
  }

  private func isOwn(_ host: String) -> Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
      || host.hasPrefix("127.") && Self.isIPv4(host) || hosts.contains(host)
  }

  /// Lets the page read the answer, and send what belongs to a signed-in person, as `sendBeacon`
  /// always does.
  package func permit(_ origin: String?, in headers: inout HTTPHeaders) {
    guard let origin, allows(origin) else { return }
    headers.add(name: "Access-Control-Allow-Origin", value: origin)
    headers.add(name: "Access-Control-Allow-Credentials", value: "true")
    headers.add(name: "Vary", value: "Origin")
  }

  /// Answers the browser's question whether the page may send at all.
  package func permitPreflight(_ request: HTTPHeaders, in headers: inout HTTPHeaders) {
    permit(request.first(name: "Origin"), in: &headers)
    guard headers.contains(name: "Access-Control-Allow-Origin") else { return }
    headers.add(name: "Access-Control-Allow-Methods", value: "POST, OPTIONS")
    let wanted = request.first(name: "Access-Control-Request-Headers")
    headers.add(
      name: "Access-Control-Allow-Headers", value: wanted ?? "Content-Type, Content-Encoding")
    headers.add(name: "Access-Control-Max-Age", value: "7200")
    // https://wicg.github.io/private-network-access: a page from elsewhere, a machine close by.
    if request.first(name: "Access-Control-Request-Private-Network") == "true" {
      headers.add(name: "Access-Control-Allow-Private-Network", value: "true")
    }
  }

  private static func plain(_ origin: String) -> String {
    let lower = origin.lowercased()
    return lower.hasSuffix("/") ? String(lower.dropLast()) : lower
  }

  /// The host of an `http` or `https` origin, without its port.
  private static func host(of origin: String) -> String? {
    guard let scheme = ["http://", "https://"].first(where: { origin.hasPrefix($0) }) else {
      return nil
    }
    let host = origin.dropFirst(scheme.count)
    guard let colon = host.lastIndex(of: ":"),
      host[host.index(after: colon)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return String(host) }
    return String(host[..<colon])
  }

  private static func isIPv4(_ host: String) -> Bool {
    (try? SocketAddress(ipAddress: host, port: 0)) != nil
  }

  /// This machine's name and the addresses of its networks.
  package static func ownHosts() -> Set<String> {
    var hosts: Set<String> = []
    for device in (try? System.enumerateDevices()) ?? [] {
      guard let address = device.address, let text = address.ipAddress else { continue }
      hosts.insert(address.protocol == .inet6 ? "[\(text)]" : text)
    }
    let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      // The last byte stays zero.
      guard let base = buffer.baseAddress, gethostname(base, 255) == 0 else { return "" }
      return String(cString: base).lowercased()
    }
    if !name.isEmpty {
      hosts.insert(name)
      if !name.contains(".") { hosts.insert(name + ".local") }
    }
    return hosts
  }
}
