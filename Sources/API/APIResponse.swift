package import NIOCore
package import NIOHTTP1
import QueryLanguage
import Telemetry

/// An answer as a whole.
package struct APIResponse: Sendable {
  package var status: HTTPResponseStatus
  package var headers: HTTPHeaders
  package var body: ByteBuffer

  init(
    _ body: ByteBuffer, type: String, status: HTTPResponseStatus = .ok
  ) {
    self.status = status
    self.body = body
    headers = [
      "Content-Type": type, "Content-Length": String(body.readableBytes),
      "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    ]
  }

  /// JSON and a newline.
  init(_ json: JSONWriter, status: HTTPResponseStatus = .ok) {
    var body = ByteBuffer(bytes: json.bytes)
    body.writeInteger(UInt8(ascii: "\n"))
    self.init(body, type: "application/json", status: status)
  }
}

/// Why a request is not answered: `{"error", "hint"}`.
struct APIFailure: Error {
  var status: HTTPResponseStatus
  var message: String
  var hint: String?
  /// Of a wrong method: the right ones.
  var allowed: String?

  init(
    _ status: HTTPResponseStatus, _ message: String, hint: String? = nil, allowed: String? = nil
  ) {
    (self.status, self.message, self.hint, self.allowed) = (status, message, hint, allowed)
  }

  /// - Parameter text: what the positions of the error are in.
  init(_ error: QueryError, in text: String) {
    self.init(.badRequest, error.headline(in: text), hint: error.hint)
  }

  var response: APIResponse {
    var json = JSONWriter()
    json.object { json in
      json.member("error") { $0.string(message) }
      json.member("hint") { json in
        if let hint { json.string(hint) } else { json.null() }
      }
    }
    var response = APIResponse(json, status: status)
    if let allowed { response.headers.add(name: "Allow", value: allowed) }
    if status == .unauthorized { response.headers.add(name: "WWW-Authenticate", value: "Bearer") }
    return response
  }
}
