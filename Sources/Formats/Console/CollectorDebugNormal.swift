import Telemetry

/// Reads a request as the collector's debug exporter prints it at verbosity `normal`: names, ids and
/// attributes, without times, parents, kinds and status.
enum CollectorDebugNormal {
  static func read(_ block: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch) {
    var resource: UInt32 = 0
    var scope: UInt32?
    var start = 0
    while start < block.count {
      let end = ByteSearch.newline(in: block, from: start) ?? block.count
      let line = block.part(start..<end).trimmed
      start = end + 1
      if line.starts(with: "ResourceTraces #") {
        resource = batch.internResource { resource, batch in
          let (words, pairs) = split(line, from: 16)
          resource.schemaURL = schema(words, &batch)
          resource.attributes = append(pairs, &batch)
        }
        scope = nil
      } else if line.starts(with: "ScopeTraces #") {
        scope = batch.internScope { scope, batch in
          let (words, pairs) = split(line, from: 13)
          scope.schemaURL = schema(words, &batch)
          if let name = words.first(where: { $0.first != UInt8(ascii: "[") }) {
            let at = name.lastIndex(of: UInt8(ascii: "@")) ?? name.count
            scope.name = batch.append(bytes: name.part(0..<at))
            scope.version = batch.append(bytes: name.part(min(at + 1, name.count)..<name.count))
          }
          scope.attributes = append(pairs, &batch)
        }
      } else if let found = NormalLine(line) {
        var span = SpanRecord()
        span.resource = resource
        span.scope = scope ?? batch.intern(ScopeRecord())
        span.setTrace(found.traceID)
        span.setSpan(found.spanID)
        span.name = batch.append(bytes: found.name)
        span.marks.insert(.noTimes)
        span.attributes = append(found.pairs, &batch)
        batch.spans.append(span)
      }
    }
  }

  /// The words behind the number of a heading, up to the first pair.
  private static func split(
    _ line: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (words: [UnsafeBufferPointer<UInt8>], pairs: UnsafeBufferPointer<UInt8>) {
    var words: [UnsafeBufferPointer<UInt8>] = []
    var position =
      line.part(start..<line.count).firstIndex(of: 0x20).map { start + $0 } ?? line.count
    while position < line.count {
      let rest = line.part((position + 1)..<line.count)
      let end = rest.firstIndex(of: 0x20) ?? rest.count
      let word = rest.part(0..<end)
      if word.contains(UInt8(ascii: "=")), word.first != UInt8(ascii: "[") { return (words, rest) }
      if !word.isEmpty { words.append(word) }
      position += 1 + end
    }
    return (words, line.part(line.count..<line.count))
  }

  /// `[https://…]`
  private static func schema(
    _ words: [UnsafeBufferPointer<UInt8>], _ batch: inout SpanBatch
  ) -> ByteRange {
    guard let word = words.first(where: { $0.first == UInt8(ascii: "[") }), word.count > 2 else {
      return ByteRange()
    }
    return batch.append(bytes: word.part(1..<(word.count - 1)))
  }

  /// `k=v k=v`: values may have blanks, names do not.
  private static func append(
    _ pairs: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch
  ) -> RecordRange {
    let first = batch.attributes.count
    var start = 0
    while start < pairs.count, let equals = pairs[start...].firstIndex(of: UInt8(ascii: "=")) {
      var end = equals + 1
      while end < pairs.count, !isPairStart(pairs, end) { end += 1 }
      PrintedValue.append(
        pairs.part(start..<equals).trimmed, pairs.part((equals + 1)..<end), to: &batch)
      start = end + 1
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: first),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - first))
  }

  /// Whether a blank stands here and a name with its `=` behind it.
  private static func isPairStart(_ pairs: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    guard pairs[position] == 0x20 else { return false }
    for byte in pairs[(position + 1)...].prefix(128) {
      if byte == UInt8(ascii: "=") { return pairs[position + 1] != UInt8(ascii: "=") }
      let isName =
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x2D && byte <= 0x39)
        || byte == UInt8(ascii: "_")
      if !isName { return false }
    }
    return false
  }
}

/// `NAME TRACEID SPANID k=v …`
struct NormalLine {
  let name: UnsafeBufferPointer<UInt8>
  let traceID: UnsafeBufferPointer<UInt8>
  let spanID: UnsafeBufferPointer<UInt8>
  let pairs: UnsafeBufferPointer<UInt8>

  /// Finds the pair of ids from the left: the name is before it.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while let blank = line[start...].firstIndex(of: 0x20) {
      if Self.isHex(line, blank + 1, 32), Self.isHex(line, blank + 34, 16) {
        name = line.part(0..<blank)
        traceID = line.part((blank + 1)..<(blank + 33))
        spanID = line.part((blank + 34)..<(blank + 50))
        pairs = line.part(min(blank + 51, line.count)..<line.count)
        return
      }
      start = blank + 1
    }
    return nil
  }

  private static func isHex(
    _ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Bool {
    let end = start + count
    guard end <= line.count, end == line.count || line[end] == 0x20 else { return false }
    return line[start..<end].allSatisfy { HexDigits.value($0) != nil }
  }
}
