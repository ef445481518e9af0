import Telemetry

/// The line that an agent of Elastic APM sends first, `{"metadata":{"service":{…}}}`: the service of
/// all that follow.
struct ElasticMetadata: Sendable {
  private var members: [(name: [UInt8], value: [UInt8])] = []

  /// - Returns: nil when the line is no metadata.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    guard line.starts(with: "{\"metadata\"") else { return nil }
    let found = try? TapeParser.borrow { parser throws(DecodeError) in
      let service = try parser.parse(line).member("metadata")?.member("service")
      var found: [(name: [UInt8], value: [UInt8])] = []
      guard let service, service.isObject else { return found }
      var members = TapeFields(service)
      while members.next() {
        guard members.value.isText else { continue }
        found.append(
          (Array("service.".utf8) + Array(members.key), Array(members.value.uncheckedText)))
      }
      return found
    }
    guard let found, !found.isEmpty else { return nil }
    members = found
  }

  /// Gives its service to the spans from one on that the line of an agent held, unless they have one.
  func apply(
    to batch: inout SpanBatch, from first: Int, _ line: UnsafeBufferPointer<UInt8>
  ) {
    guard line.starts(with: "{\"transaction\"") || line.starts(with: "{\"span\"") else { return }
    for index in first..<batch.spans.count {
      let known = batch.resources[Int(batch.spans[index].resource)]
      guard known.attributes.count == 0 else { continue }
      batch.spans[index].resource = batch.internResource { resource, batch in
        resource.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
        resource.attributes.count = UInt32(truncatingIfNeeded: members.count)
        for (name, value) in members {
          let key = name.withUnsafeBufferPointer { batch.key($0) }
          let text = value.withUnsafeBufferPointer { batch.append(bytes: $0) }
          batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
        }
      }
    }
  }
}
