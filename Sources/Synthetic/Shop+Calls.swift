import Telemetry

extension Shop {
  /// A call from one service to another: the callee's server span and what happens inside it.
  mutating func call(
    _ name: String, _ method: String, _ parent: UInt64, _ time: Int64,
    _ writer: inout SpanWriter, version: String? = nil, work: Work
  ) -> (end: Int64, error: String?) {
    let id = chance.next() | 1
    let start = time + chance.latency(0.3)
    let inner = work(&self, id, start + chance.latency(0.4), &writer)
    let end = inner.end + chance.latency(0.3)
    var draft = span(name, method, .server, id: id, parent: parent, from: start, to: end)
    if let version { draft.service.version = version }
    draft.error = inner.error
    draft.attributes = [
      ("rpc.system", .text("grpc")), ("rpc.service", .text("shop.\(name)")),
      ("rpc.method", .text(method)),
      ("rpc.grpc.status_code", .integer(inner.error == nil ? 0 : 13)),
      ("user.id", .text("u-\(user)")), ("server.port", .integer(8080)),
      ("network.transport", .text("tcp")), ("thread.id", .integer(Int64(chance.below(32)))),
    ]
    if let error = inner.error {
      draft.events = [(end, "exception", [("exception.message", .text(error))])]
    }
    writer.span(draft)
    return (end, inner.error)
  }

  /// A statement; returns when it is done.
  mutating func database(
    _ service: String, _ operation: String, _ table: String, _ parent: UInt64, _ time: Int64,
    _ writer: inout SpanWriter
  ) -> Int64 {
    let end = time + chance.latency(operation == "SELECT" ? 1.8 : 3.5)
    var draft = span(
      service, "\(operation) \(table)", .client, id: chance.next() | 1, parent: parent,
      from: time, to: end)
    let statement =
      operation == "SELECT"
      ? "SELECT * FROM \(table) WHERE id = $1" : "INSERT INTO \(table) VALUES ($1, $2, $3)"
    draft.attributes = [
      ("db.system", .text("postgresql")), ("db.operation.name", .text(operation)),
      ("db.collection.name", .text(table)), ("db.query.text", .text(statement)),
      ("db.response.returned_rows", .integer(Int64(1 + chance.below(20)))),
      ("server.address", .text("db-\(region)")), ("server.port", .integer(5432)),
    ]
    writer.span(draft)
    return end
  }

  mutating func cache(
    _ service: String, _ command: String, _ parent: UInt64, _ time: Int64,
    _ writer: inout SpanWriter
  ) -> Int64 {
    let end = time + chance.latency(0.5)
    var draft = span(
      service, command, .client, id: chance.next() | 1, parent: parent, from: time, to: end)
    draft.attributes = [
      ("db.system", .text("redis")), ("db.operation.name", .text(command)),
      ("cache.hit", .bool(chance.happens(0.9))), ("server.address", .text("cache-\(region)")),
    ]
    writer.span(draft)
    return end
  }

  func span(
    _ service: String, _ name: String, _ kind: SpanKind, id: UInt64, parent: UInt64,
    from start: Int64, to end: Int64
  ) -> Draft {
    let language = Self.languages[service] ?? "go"
    return Draft(
      trace: trace, id: id, parent: parent, name: name, kind: kind,
      service: Service(
        name: service, version: service == "payment" ? "2.4.3" : "1.8.2", region: region,
        host: "\(service)-\(user % 3 + 1)", language: language),
      scope: kind == .server ? "shop.\(service)" : "shop.client", start: start,
      length: end - start)
  }
}
