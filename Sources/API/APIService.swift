package import Intake
import NIOCore
package import NIOHTTP1
package import QueryLanguage
package import Telemetry

/// Answers requests about what a backend holds. Reads only.
package struct APIService: Sendable {
  /// Bytes of a body; a query's text has fewer.
  package static let bodyLimit = 1 << 20

  private let backend: any QueryBackend
  private let counts: @Sendable () -> IntakeCounts
  private let token: String?
  private let origins: AllowedOrigins

  /// - Parameters:
  ///   - counts: what came in and what became of it, for `/metrics`.
  ///   - token: what every request must bring; nil: none, for who listens to this machine alone.
  package init(
    _ backend: any QueryBackend, counts: @escaping @Sendable () -> IntakeCounts,
    token: String? = nil, origins: AllowedOrigins = AllowedOrigins(others: [])
  ) {
    (self.backend, self.counts, self.token, self.origins) = (backend, counts, token, origins)
  }

  /// Whether a request that begins so is refused whatever its body holds.
  package func isRefused(_ head: HTTPRequestHead) -> Bool {
    do throws(APIFailure) {
      if head.method != .OPTIONS { _ = try admit(head.method, head.uri, head.headers) }
      return false
    } catch {
      return true
    }
  }

  /// - Parameter isTooLarge: the body had more bytes than may be kept, and is not here.
  /// - Throws: `CancellationError` when nobody waits any more.
  package func answer(
    _ request: APIRequest, isTooLarge: Bool = false
  ) async throws -> APIResponse {
    var response: APIResponse
    do {
      if request.method == .OPTIONS { return preflight(request.headers) }
      let (endpoint, id) = try admit(request.method, request.target, request.headers)
      if isTooLarge {
        throw APIFailure(
          .payloadTooLarge, "the body is larger than \(Self.bodyLimit >> 20) MiB")
      }
      response = try await answer(endpoint, id, request)
    } catch let failure as APIFailure {
      response = failure.response
    } catch let error as QueryError {
      // Filters are read where their texts are known; what is left was found by the backend.
      response = APIFailure(.badRequest, error.message, hint: error.hint).response
    }
    origins.permit(request.headers.first(name: "Origin"), in: &response.headers)
    return response
  }

  // MARK: Who may ask

  private func admit(
    _ method: HTTPMethod, _ target: String, _ headers: HTTPHeaders
  ) throws(APIFailure) -> (endpoint: Endpoint, id: String) {
    if let origin = headers.first(name: "Origin"), !origins.allows(origin) {
      throw APIFailure(
        .forbidden, "a page of \(origin.prefix(120)) may not ask",
        hint: "only pages of this machine may, or those of --allow-origin")
    }
    if let token {
      let given = headers.first(name: "Authorization") ?? ""
      guard Self.isSame(given, "Bearer " + token) else {
        throw APIFailure(
          .unauthorized, "the token is missing or wrong",
          hint: "send Authorization: Bearer with what is in the file api-token of the state folder"
        )
      }
    } else if let host = headers.first(name: "Host"), !origins.allowsHost(host) {
      throw APIFailure(
        .forbidden, "'\(host.prefix(120))' is no name of this machine",
        hint: "ask 127.0.0.1 or localhost")
    }
    let path = RequestTarget(target).path
    guard let found = Endpoint.find(path) else {
      let paths = Endpoint.allCases.map(\.path).joined(separator: ", ")
      throw APIFailure(.notFound, "nothing at \(path.prefix(120))", hint: "there is \(paths)")
    }
    guard method == found.endpoint.method else {
      let right = found.endpoint.method.rawValue
      throw APIFailure(
        .methodNotAllowed, "\(found.endpoint.path) takes \(right)", allowed: "\(right), OPTIONS")
    }
    return found
  }

  /// Takes as long whatever the first difference is.
  private static func isSame(_ given: String, _ right: String) -> Bool {
    let (given, right) = (Array(given.utf8), Array(right.utf8))
    guard given.count == right.count else { return false }
    return zip(given, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func preflight(_ request: HTTPHeaders) -> APIResponse {
    var response = APIResponse(ByteBuffer(), type: "text/plain", status: .noContent)
    response.headers = HTTPHeaders()
    origins.permitPreflight(request, in: &response.headers)
    return response
  }

  // MARK: Answers

  private func answer(
    _ endpoint: Endpoint, _ id: String, _ request: APIRequest
  ) async throws -> APIResponse {
    let arguments =
      endpoint.method == .POST
      ? try APIArguments(body: request.body, textIs: endpoint.arguments[0].name)
      : try APIArguments(query: RequestTarget(request.target).query)
    try arguments.check(endpoint.arguments.map(\.name))
    switch endpoint {
    case .query:
      let accepted = request.headers.first(name: "Accept") ?? ""
      return try await query(arguments, isLines: accepted.contains("application/x-ndjson"))
    case .compare: return try await compare(arguments)
    case .trace: return try await trace(id)
    case .traces: return try await traces(arguments)
    case .fields: return APIResponse(try await backend.catalog().json())
    case .events: return try await events(arguments)
    case .document: return APIResponse(OpenAPIDocument.json())
    case .metrics:
      let text = try await SpanMetrics.text(backend, counts())
      return APIResponse(ByteBuffer(string: text), type: SpanMetrics.contentType)
    }
  }

  private func query(_ arguments: APIArguments, isLines: Bool) async throws -> APIResponse {
    guard let text = try arguments.text("query") else {
      throw APIFailure(.badRequest, "'query' is missing", hint: "VISUALIZE COUNT GROUP BY name")
    }
    var options = RunOptions()
    options.heatmapScale = try arguments.flag("linear") ? .linear : .logarithmic
    let result: QueryResult
    do {
      let query = try QueryText.parse(text)
      if isLines { options.seriesLimit = 0 }
      result = try await backend.run(query, options)
    } catch let error as QueryError {
      throw APIFailure(error, in: text)
    }
    guard isLines else { return APIResponse(result.json()) }
    return APIResponse(try Self.lines(result), type: "application/x-ndjson")
  }

  /// An object for each row.
  private static func lines(_ result: QueryResult) throws -> ByteBuffer {
    var buffer = ByteBuffer()
    for row in result.rows {
      try Task.checkCancellation()
      var json = JSONWriter()
      json.object { json in
        for (column, value) in zip(result.columns, row) {
          json.member(column.name) { $0.value(value) }
        }
      }
      buffer.writeBytes(json.bytes)
      buffer.writeInteger(UInt8(ascii: "\n"))
    }
    return buffer
  }

  private func compare(_ arguments: APIArguments) async throws -> APIResponse {
    guard let text = try arguments.text("selection") else {
      throw APIFailure(.badRequest, "'selection' is missing", hint: "{\"selection\": \"error\"}")
    }
    var request = CompareRequest(
      try Self.choice(text), by: try arguments.flag("by_trace") ? .traces : .spans)
    let baseline = try arguments.text("baseline")
    let (isAlike, isBefore) = (try arguments.flag("alike"), try arguments.flag("before"))
    if [baseline != nil, isAlike, isBefore].count(where: \.self) > 1 {
      throw APIFailure(.badRequest, "baseline, alike and before exclude each other")
    }
    if let baseline { request.baseline = .choice(try Self.choice(baseline)) }
    if isAlike { request.baseline = .alike }
    if isBefore { request.baseline = .before }
    for name in try arguments.list("fields") {
      do { request.fields.append(try QueryText.parseField(name)) } catch {
        throw APIFailure(error, in: name)
      }
    }
    let limit = try arguments.count("limit") ?? .max
    return APIResponse(try await backend.compare(request).json(limit: limit))
  }

  private static func choice(_ text: String) throws(APIFailure) -> SpanChoice {
    do { return try SpanChoice(text: text) } catch { throw APIFailure(error, in: text) }
  }

  private func trace(_ text: String) async throws -> APIResponse {
    switch try await backend.lookUp(trace: text) {
    case .found(let id):
      guard let view = try await backend.trace(id) else { break }
      return APIResponse(view.json())
    case .malformed:
      throw APIFailure(.badRequest, "'\(text.prefix(60))' is neither hex digits nor 'slowest'")
    case .ambiguous(let ids):
      throw APIFailure(
        .badRequest, "\(ids.count) traces begin so",
        hint: ids.prefix(5).map(\.description).joined(separator: ", "))
    case .missing: break
    }
    throw APIFailure(.notFound, "no trace has this id", hint: "/api/traces lists those held")
  }

  private func traces(_ arguments: APIArguments) async throws -> APIResponse {
    let choice = try arguments.text("where").map { text in try Self.choice(text) }
    var request = TraceListRequest(filter: choice?.filter, time: choice?.time)
    request.limit = try arguments.count("limit") ?? 100
    if let order = try arguments.text("order") { request.order = try TraceOrderName.order(order) }
    return APIResponse(try await backend.traces(request).json())
  }

  private func events(_ arguments: APIArguments) async throws -> APIResponse {
    let choice = try arguments.text("where").map { text in try Self.choice(text) }
    let limit = try arguments.count("limit") ?? 100
    let request = EventListRequest(filter: choice?.filter, time: choice?.time, limit: limit)
    return APIResponse(try await backend.events(request).json())
  }
}
