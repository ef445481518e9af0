import QueryLanguage
import Telemetry

extension NoteFinder {
  /// Spans that ask for the very same thing: equal service, name, kind, and what tells calls of
  /// the name apart.
  private struct Call: Hashable {
    var service: Int32
    var name: Int32
    var kind: SpanKind
    /// Hash of the attribute that tells calls apart.
    var what: UInt64
  }

  private struct Name: Hashable {
    var service: Int32
    var name: Int32
    var kind: SpanKind
  }

  /// Attributes that say what a call asks for, the most telling first.
  private static let telling = [
    "http.target", "url.full", "http.url", "url.path", "db.query.text", "db.statement",
    "graphql.document", "messaging.destination.name", "aws.s3.key", "rpc.method",
  ]

  /// The same call at least three times, or two calls twice each.
  func repeatedCalls() -> [TraceNote] {
    let keys = tellingKeys()
    guard !keys.isEmpty else { return [] }
    var calls: [Call: [Int32]] = [:]
    for (index, node) in view.nodes.enumerated() {
      guard let record = tellingRecord(index, keys) else { continue }
      let what = view.batch.arena[record.bytes.indices].withUnsafeBufferPointer(ByteHash.hash)
      let call = Call(service: node.service, name: node.name, kind: node.kind, what: what)
      calls[call, default: []].append(Int32(index))
    }
    var names: [Name: [[Int32]]] = [:]
    for (call, nodes) in calls where nodes.count > 1 {
      names[Name(service: call.service, name: call.name, kind: call.kind), default: []]
        .append(nodes)
    }
    let repeated = Set(names.values.flatMap { $0.flatMap { $0 } })
    return names.compactMap { name, groups in
      name.kind == .client && isServedAgain(groups, repeated) ? nil : note(groups, keys)
    }
  }

  private func note(_ groups: [[Int32]], _ keys: [Int]) -> TraceNote? {
    let sorted = groups.sorted { ($0.count, $1[0]) > ($1.count, $0[0]) }
    let again = sorted.flatMap { $0.dropFirst() }
    guard again.count >= 2, let first = sorted.first?.first else { return nil }
    let time = union(again)
    guard share(time) >= 0.02 else { return nil }
    let calls = sorted.prefix(4).map { nodes in
      "\(what(nodes[0], keys)) ×\(nodes.count)"
    }
    let rest = sorted.count > 4 ? " and \(sorted.count - 4) more" : ""
    let text =
      "\(fullName(first)) is asked for the same again: \(calls.joined(separator: ", "))\(rest). "
      + "The \(Figures.plural(again.count, "repeat")) take \(time.short) \(ofTrace)."
    return TraceNote(.repeatedCalls, text, sorted.flatMap(\.self), weight: time)
  }

  /// A client span and the server span it leads to are one call; the server's is shown.
  private func isServedAgain(_ groups: [[Int32]], _ repeated: Set<Int32>) -> Bool {
    let clients = groups.flatMap(\.self)
    let served = clients.count { client in
      children(of: Int(client)).contains { node($0).kind == .server && repeated.contains($0) }
    }
    return served * 2 >= clients.count
  }

  /// Indices of the telling attributes in the batch's keys, the most telling first.
  private func tellingKeys() -> [Int] {
    var places: [String: Int] = [:]
    for index in 0..<view.batch.keys.count { places[view.batch.keyText(index)] = index }
    return Self.telling.compactMap { places[$0] }
  }

  private func tellingRecord(_ index: Int, _ keys: [Int]) -> AttributeRecord? {
    var best: (rank: Int, record: AttributeRecord)?
    for record in view.batch.attributes[view.batch.spans[index].attributes.indices]
    where record.type == .text && !record.bytes.isEmpty {
      guard let rank = keys.firstIndex(of: record.key) else { continue }
      if best.map({ rank < $0.rank }) ?? true { best = (rank, record) }
    }
    return best?.record
  }

  /// What a call asks for, short enough for a list.
  private func what(_ index: Int32, _ keys: [Int]) -> String {
    guard let record = tellingRecord(Int(index), keys) else { return "" }
    let text = view.batch.text(record.bytes)
    return text.count > 48 ? text.prefix(47) + "…" : text
  }
}
