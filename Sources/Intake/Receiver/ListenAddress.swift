import NIOCore

/// Where a receiver listens: `HOST:PORT`, as people write it.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// A name or an address; IPv6 without brackets.
  package var host: String
  /// 0 picks a free port.
  package var port: Int

  package init(host: String, port: Int) { (self.host, self.port) = (host, port) }

  /// Reads `127.0.0.1:4317`, `localhost:4317`, `[::1]:4317`, `:4317` or `4317`.
  ///
  /// Without a host it is this machine only: nobody else can send to it.
  ///
  /// - Parameter flag: the option the text was given for, for the error.
  package init(parsing text: String, flag: String) throws(IntakeError) {
    var host = Substring()
    var port = Substring(text)
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<close]
      port = text[text.index(after: close)...]
      guard port.hasPrefix(":") else { throw Self.problem(text, flag, "has no port") }
      port = port.dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    if host.contains(":"), !text.hasPrefix("[") {
      throw Self.problem(text, flag, "an IPv6 address needs brackets, as in [::1]:4317")
    }
    guard let number = UInt16(port) else {
      throw Self.problem(text, flag, "'\(port)' is no port from 0 to 65535")
    }
    self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: Int(number))
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    if host == "localhost" { return true }
    guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
    return switch address {
    case .v4: host.hasPrefix("127.")
    case .v6: address.ipAddress == "::1"
    default: false
    }
  }

  private static func problem(_ text: String, _ flag: String, _ why: String) -> IntakeError {
    IntakeError(
      .badAddress, what: "\(flag) \(text)", why: why,
      hint: "write HOST:PORT, as in \(flag) 127.0.0.1:4317")
  }

  /// `HOST:PORT` as ``init(parsing:flag:)`` reads it, IPv6 in brackets.
  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

/// The two ports OTLP has by custom. Each answers both protocols; they differ in name and default.
package enum ReceiverPort: Hashable, Sendable, CaseIterable {
  case grpc, http

  /// The option of the command line that moves it.
  package var flag: String { self == .grpc ? "--grpc" : "--http" }

  /// Port 4317 or 4318 of the OTLP specification, open to this machine alone.
  package var standardAddress: ListenAddress {
    ListenAddress(host: "127.0.0.1", port: self == .grpc ? 4317 : 4318)
  }
}
