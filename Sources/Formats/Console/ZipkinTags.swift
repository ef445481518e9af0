import Telemetry

/// What the tags and annotations of a Zipkin span say: texts alone, some of them not attributes.
enum ZipkinTags {
  /// Appends the tags that are the span's own attributes, and sets its status from the others.
  static func append(
    _ root: TapeValue, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    if let tags = root.member("tags"), tags.isObject {
      var members = TapeFields(tags)
      while members.next() {
        var scope = ScopeRecord()
        append(members.key, members.value, &span, &scope, &batch)
      }
    }
    appendPeer(root.member("remoteEndpoint"), &batch)
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  /// Appends a tag of the span's own, or sets what it stands for.
  static func append(
    _ key: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ span: inout SpanRecord,
    _ scope: inout ScopeRecord, _ batch: inout SpanBatch
  ) {
    if key.equals("otel.status_code") {
      span.status = value.equals("ERROR") ? .error : value.equals("OK") ? .ok : span.status
    } else if key.equals("error") {
      // Its presence is what counts; the text describes.
      span.status = .error
      if !value.equals("true") { span.statusMessage = batch.copy(value) }
    } else if key.equals("otel.status_description") {
      span.statusMessage = batch.copy(value)
    } else if key.equals("otel.scope.name") || key.equals("otel.library.name") {
      scope.name = batch.copy(value)
    } else if key.equals("otel.scope.version") || key.equals("otel.library.version") {
      scope.version = batch.copy(value)
    } else if !isScope(key), !isResource(key) {
      if value.isText {
        PrintedValue.append(key, value.uncheckedText, to: &batch)
      } else {
        PlainJSON.append(key, value, 0, to: &batch)
      }
    }
  }

  /// The remote endpoint, under the names that the specification maps it from.
  static func appendPeer(_ endpoint: TapeValue?, _ batch: inout SpanBatch) {
    guard let endpoint, endpoint.isObject else { return }
    if let name = endpoint.member("serviceName"), !name.text.isEmpty {
      append("peer.service", name, &batch)
    }
    if let address = endpoint.member("ipv4") ?? endpoint.member("ipv6"), address.isText {
      append("network.peer.address", address, &batch)
    }
    if let port = endpoint.member("port"), port.integer ?? 0 > 0 {
      append("network.peer.port", port, &batch)
    }
  }

  private static func append(
    _ name: StaticString, _ value: TapeValue, _ batch: inout SpanBatch
  ) {
    PlainJSON.append(
      UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount), value, 0,
      to: &batch)
  }

  /// Appends the tags that are a resource's; exporters merge it into every span.
  static func appendResource(_ tags: TapeValue, _ batch: inout SpanBatch) {
    var members = TapeFields(tags)
    while members.next() {
      appendResource(members.key, members.value, &batch)
    }
  }

  /// Appends a tag that is a resource's; the service stands in the local endpoint.
  static func appendResource(
    _ key: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ batch: inout SpanBatch
  ) {
    if key.equals("service.name") || !isResource(key) { return }
    PlainJSON.append(key, value, 0, to: &batch)
  }

  private static func isScope(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    key.starts(with: "otel.scope.name") || key.starts(with: "otel.scope.version")
      || key.starts(with: "otel.library.")
  }

  /// Groups of names that the semantic conventions give to resources alone.
  private static func isResource(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let groups: [StaticString] = [
      "service.", "telemetry.sdk.", "telemetry.distro.", "deployment.environment", "host.",
      "k8s.", "container.", "process.", "os.", "cloud.",
    ]
    return groups.contains { key.starts(with: $0) }
  }

  /// An annotation: a name, or the JSON that OpenTelemetry's exporters write, `{"name": {…}}`.
  static func event(
    _ text: UnsafeBufferPointer<UInt8>, time: UInt64, _ batch: inout SpanBatch
  ) -> EventRecord {
    var event = EventRecord()
    event.time = time
    let isRead =
      text.first == 0x7B
      && (try? TapeParser.borrow { parser throws(DecodeError) in
        read(try parser.parse(text), &event, &batch)
      }) == true
    if !isRead { event.name = batch.append(bytes: text) }
    return event
  }

  private static func read(
    _ root: TapeValue, _ event: inout EventRecord, _ batch: inout SpanBatch
  ) -> Bool {
    var members = TapeFields(root)
    guard root.isObject, root.count == 1, members.next(), members.value.isObject else {
      return false
    }
    event.name = batch.append(bytes: members.key)
    event.attributes = PlainJSON.append(members.value, to: &batch)
    return true
  }
}
