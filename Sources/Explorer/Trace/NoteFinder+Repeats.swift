import QueryLanguage
import Telemetry

extension NoteFinder {
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

  /// Spans that ask for the very same thing, of equal service, name, kind and telling attribute:
  /// one at least three times, or two twice each.
  func repeatedCalls() -> [TraceNote] {
    let ranks = tellingRanks()
    guard ranks.contains(where: { $0 < UInt8.max }) else { return [] }
    var names: [Name: [[Int32]]] = [:]
    var isRepeated = [Bool](repeating: false, count: view.nodes.count)
    for group in equalCalls(ranks) {
      let node = node(group[0])
      names[Name(service: node.service, name: node.name, kind: node.kind), default: []]
        .append(group)
      for index in group { isRepeated[Int(index)] = true }
    }
    return names.compactMap { name, groups in
      name.kind == .client && isServedAgain(groups, isRepeated) ? nil : note(groups, ranks)
    }
  }

  /// Groups of two or more, each in the order of the waterfall.
  ///
  /// Calls are told apart by a 64-bit hash in a flat table: two of a million calls meet by chance
  /// once in forty million traces, and nothing is allocated for a call.
  private func equalCalls(_ ranks: [UInt8]) -> [[Int32]] {
    var size = 16
    while size < view.nodes.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    var hashes = [UInt64](repeating: 0, count: view.nodes.count)
    // The group of the first call of each kind; -1 while it is the only one.
    var groupOf = [Int32](repeating: -1, count: view.nodes.count)
    var groups: [[Int32]] = []
    view.batch.arena.withUnsafeBufferPointer { arena in
      for (index, node) in view.nodes.enumerated() {
        guard let record = tellingRecord(index, ranks) else { continue }
        let text = UnsafeBufferPointer(rebasing: arena[record.bytes.indices])
        let who =
          UInt64(UInt32(bitPattern: node.service)) << 34
          ^ UInt64(UInt32(bitPattern: node.name)) << 4 ^ UInt64(node.kind.rawValue)
        let hash = ByteHash.fold(ByteHash.hash(text) ^ ByteHash.fold(who))
        hashes[index] = hash
        var slot = Int(truncatingIfNeeded: hash) & (size - 1)
        while slots[slot] >= 0, hashes[Int(slots[slot])] != hash { slot = (slot + 1) & (size - 1) }
        let first = slots[slot]
        guard first >= 0 else {
          slots[slot] = Int32(index)
          continue
        }
        if groupOf[Int(first)] < 0 {
          groupOf[Int(first)] = Int32(groups.count)
          groups.append([first])
        }
        groups[Int(groupOf[Int(first)])].append(Int32(index))
      }
    }
    return groups
  }

  private func note(_ groups: [[Int32]], _ ranks: [UInt8]) -> TraceNote? {
    let sorted = groups.sorted { ($0.count, $1[0]) > ($1.count, $0[0]) }
    let again = sorted.flatMap { $0.dropFirst() }
    guard again.count >= 2, let first = sorted.first?.first else { return nil }
    let time = union(again)
    guard share(time) >= 0.02 else { return nil }
    let calls = sorted.prefix(4).map { nodes in
      "\(what(nodes[0], ranks)) ×\(nodes.count)"
    }
    let rest = sorted.count > 4 ? " and \(sorted.count - 4) more" : ""
    let text =
      "\(fullName(first)) is asked for the same again: \(calls.joined(separator: ", "))\(rest). "
      + "The \(Figures.plural(again.count, "repeat")) take \(time.short) \(ofTrace)."
    return TraceNote(.repeatedCalls, text, sorted.flatMap(\.self), weight: time)
  }

  /// A client span and the server span it leads to are one call; the server's is shown.
  private func isServedAgain(_ groups: [[Int32]], _ isRepeated: [Bool]) -> Bool {
    let clients = groups.flatMap(\.self)
    let served = clients.count { client in
      children(of: Int(client)).contains { node($0).kind == .server && isRepeated[Int($0)] }
    }
    return served * 2 >= clients.count
  }

  /// For each key of the batch how telling it is: 0 is most, 255 not at all.
  private func tellingRanks() -> [UInt8] {
    (0..<view.batch.keys.count).map { index in
      let key = view.batch.keyText(index)
      return Self.telling.firstIndex(of: key).map { UInt8($0) } ?? .max
    }
  }

  private func tellingRecord(_ index: Int, _ ranks: [UInt8]) -> AttributeRecord? {
    var best = UInt8.max
    var found: AttributeRecord?
    for position in view.batch.spans[index].attributes.indices {
      let record = view.batch.attributes[position]
      if ranks[record.key] < best, record.type == .text, record.length > 0 {
        best = ranks[record.key]
        found = record
      }
    }
    return found
  }

  /// What a call asks for, short enough for a list.
  private func what(_ index: Int32, _ ranks: [UInt8]) -> String {
    guard let record = tellingRecord(Int(index), ranks) else { return "" }
    let text = view.batch.text(record.bytes)
    return text.count > 48 ? text.prefix(47) + "…" : text
  }
}
