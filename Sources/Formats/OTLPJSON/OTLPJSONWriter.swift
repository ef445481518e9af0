package import Telemetry

/// Writes spans as OTLP JSON, one line a call, as the specification's JSON encoding says: ids in
/// hex, 64-bit integers as strings, enums as numbers, bytes as base64, absent values left out.
///
/// Reading the line gives the same spans, ids and enums of broken senders included. Invalid UTF-8
/// is repaired, since JSON cannot carry it.
///
/// Source: OTLP specification, *JSON Protobuf Encoding*.
package struct OTLPJSONWriter: Sendable {
  /// A row and the rank of its group; kept for its memory.
  private struct Location {
    var resource: UInt32
    var scope: UInt32
    var row: Int
  }

  private var locations: [Location] = []

  package init() {}

  /// Appends one line with the given rows of the batch, grouped by resource and scope, and a line
  /// end. No rows, no line. Groups come in the order of their first row.
  ///
  /// - Complexity: O(*n* log *n*) in the rows, O(*n*) in the bytes.
  package mutating func write(
    _ rows: some Sequence<Int>, of batch: SpanBatch, to out: inout [UInt8]
  ) {
    group(rows, of: batch)
    guard !locations.isEmpty else { return }
    batch.arena.withUnsafeBufferPointer { arena in
      var line = OTLPJSONLine(batch: batch, arena: arena, out: out)
      // The line owns the buffer while it is written, or every append would copy it.
      out = []
      line.raw("{\"resourceSpans\":[")
      var start = 0
      while start < locations.count {
        let end = locations[start...].firstIndex { $0.resource != locations[start].resource }
        if start > 0 { line.byte(0x2C) }
        resourceSpans(locations[start..<(end ?? locations.count)], to: &line)
        start = end ?? locations.count
      }
      line.raw("]}\n")
      out = line.out
    }
  }

  /// Appends one line with every row.
  package mutating func write(_ batch: SpanBatch, to out: inout [UInt8]) {
    write(batch.spans.indices, of: batch, to: &out)
  }

  /// Sorts rows by the first appearance of their resource, then of their scope in it.
  private mutating func group(_ rows: some Sequence<Int>, of batch: SpanBatch) {
    locations.removeAll(keepingCapacity: true)
    var resources = [UInt32](repeating: .max, count: batch.resources.count)
    var scopes = [UInt32](repeating: .max, count: batch.scopes.count)
    var isSorted = true
    for (order, row) in rows.enumerated() {
      let span = batch.spans[row]
      let rank = UInt32(truncatingIfNeeded: order)
      if resources[Int(span.resource)] == .max { resources[Int(span.resource)] = rank }
      if scopes[Int(span.scope)] == .max { scopes[Int(span.scope)] = rank }
      let location = Location(
        resource: resources[Int(span.resource)], scope: scopes[Int(span.scope)], row: row)
      if let last = locations.last,
        (location.resource, location.scope) < (last.resource, last.scope)
      {
        isSorted = false
      }
      locations.append(location)
    }
    guard !isSorted else { return }
    let order = locations.indices.sorted { a, b in
      (locations[a].resource, locations[a].scope, a) < (
        locations[b].resource, locations[b].scope, b
      )
    }
    locations = order.map { locations[$0] }
  }

  private func resourceSpans(_ rows: ArraySlice<Location>, to line: inout OTLPJSONLine) {
    guard let first = rows.first else { return }
    let resource = line.batch.resources[Int(line.batch.spans[first.row].resource)]
    line.raw("{\"resource\":{")
    line.attributes(resource.attributes)
    line.count("droppedAttributesCount", resource.droppedAttributes)
    line.raw("},\"scopeSpans\":[")
    var start = rows.startIndex
    while start < rows.endIndex {
      let end = rows[start...].firstIndex { $0.scope != rows[start].scope } ?? rows.endIndex
      if start > rows.startIndex { line.byte(0x2C) }
      scopeSpans(rows[start..<end], to: &line)
      start = end
    }
    line.byte(0x5D)
    line.text("schemaUrl", resource.schemaURL)
    line.members(RawKey.outerFields, in: resource.attributes)
    line.byte(0x7D)
  }

  private func scopeSpans(_ rows: ArraySlice<Location>, to line: inout OTLPJSONLine) {
    guard let first = rows.first else { return }
    let scope = line.batch.scopes[Int(line.batch.spans[first.row].scope)]
    line.raw("{\"scope\":{")
    line.text("name", scope.name)
    line.text("version", scope.version)
    line.attributes(scope.attributes)
    line.count("droppedAttributesCount", scope.droppedAttributes)
    line.raw("},\"spans\":[")
    for location in rows {
      line.separate()
      line.span(line.batch.spans[location.row])
    }
    line.byte(0x5D)
    line.text("schemaUrl", scope.schemaURL)
    line.members(RawKey.outerFields, in: scope.attributes)
    line.byte(0x7D)
  }
}
