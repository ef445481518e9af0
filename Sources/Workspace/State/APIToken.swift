#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a request to the API must bring where others than this machine can reach it: a text in the
/// state folder that only its owner reads.
package struct APIToken: Sendable {
  private let file: URL

  /// - Parameter folder: of state; made when a token is first made.
  package init(in folder: URL = StateFolder.standard) {
    file = folder.appendingPathComponent("api-token")
  }

  /// Nil where there is none.
  package func read() -> String? {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let token = text.trimmed
    return token.isEmpty ? nil : token
  }

  /// The token there is, or a new one of 256 random bits.
  ///
  /// - Throws: when it cannot be kept, or others could read it.
  package func make() throws(Failure) -> String {
    if let token = read() {
      var status = stat()
      guard stat(file.path, &status) == 0, status.st_mode & 0o077 == 0 else {
        throw Failure(
          .input, what: file.path, why: "others can read the token", hint: "chmod 600 \(file.path)")
      }
      return token
    }
    try StateFolder.make(file.deletingLastPathComponent())
    var random = SystemRandomNumberGenerator()
    let token = (0..<4).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
      throw Failure(.input, what: file.path, why: String(cString: strerror(errno)))
    }
    let problem = Array((token + "\n").utf8).withUnsafeBytes {
      DescriptorWriting.write($0, to: descriptor)
    }
    close(descriptor)
    if let problem {
      throw Failure(.input, what: file.path, why: String(cString: strerror(problem)))
    }
    return token
  }
}
