import Telemetry

extension SpanBatch {
  /// The index of a resource whose attributes end the attribute table, sharing an equal one that
  /// was added shortly before: exporters repeat the resource with every request, and console
  /// formats with every span.
  mutating func intern(_ resource: ResourceRecord) -> UInt32 {
    let first = max(0, resources.count - Self.recent)
    for index in (first..<resources.count).reversed() where isSame(resource, resources[index]) {
      attributes.removeLast(Int(resource.attributes.count))
      return UInt32(truncatingIfNeeded: index)
    }
    resources.append(resource)
    return UInt32(truncatingIfNeeded: resources.count - 1)
  }

  /// The same for a scope.
  mutating func intern(_ scope: ScopeRecord) -> UInt32 {
    let first = max(0, scopes.count - Self.recent)
    for index in (first..<scopes.count).reversed() where isSame(scope, scopes[index]) {
      attributes.removeLast(Int(scope.attributes.count))
      return UInt32(truncatingIfNeeded: index)
    }
    scopes.append(scope)
    return UInt32(truncatingIfNeeded: scopes.count - 1)
  }

  /// The index of a resource whose texts end the arena, from `start` on; those of one that is known
  /// already are dropped again.
  mutating func intern(_ resource: ResourceRecord, textFrom start: Int) -> UInt32 {
    let known = resources.count
    let index = intern(resource)
    // Equal to an earlier one: no key was new, so all bytes since are copies.
    if resources.count == known { arena.removeLast(arena.count - start) }
    return index
  }

  /// The same for a scope.
  mutating func intern(_ scope: ScopeRecord, textFrom start: Int) -> UInt32 {
    let known = scopes.count
    let index = intern(scope)
    if scopes.count == known { arena.removeLast(arena.count - start) }
    return index
  }

  /// Records looked back at: the services of one stream that take turns are few.
  private static var recent: Int { 8 }

  private func isSame(_ a: ResourceRecord, _ b: ResourceRecord) -> Bool {
    a.attributes.count == b.attributes.count && a.droppedAttributes == b.droppedAttributes
      && isSame(a.schemaURL, b.schemaURL) && isSame(a.attributes, b.attributes)
  }

  private func isSame(_ a: ScopeRecord, _ b: ScopeRecord) -> Bool {
    a.attributes.count == b.attributes.count && a.droppedAttributes == b.droppedAttributes
      && isSame(a.name, b.name) && isSame(a.version, b.version)
      && isSame(a.schemaURL, b.schemaURL) && isSame(a.attributes, b.attributes)
  }

  private func isSame(_ a: ByteRange, _ b: ByteRange) -> Bool {
    guard a.length == b.length else { return false }
    return arena.withUnsafeBufferPointer { bytes in
      Self.areEqual(bytes, Int(a.offset), Int(b.offset), Int(a.length))
    }
  }

  /// Whether two stretches of the attribute table hold the same keys and values in order.
  private func isSame(_ a: RecordRange, _ b: RecordRange) -> Bool {
    arena.withUnsafeBufferPointer { bytes in
      for place in 0..<Int(a.count) {
        let one = attributes[Int(a.start) + place]
        let two = attributes[Int(b.start) + place]
        guard one.key == two.key, one.type == two.type, one.length == two.length else {
          return false
        }
        switch one.type {
        case .text, .bytes, .array, .map:
          guard
            Self.areEqual(
              bytes, Int(one.bytes.offset), Int(two.bytes.offset), Int(one.length))
          else { return false }
        case .empty, .bool, .integer, .double:
          guard one.payload == two.payload else { return false }
        }
      }
      return true
    }
  }

  private static func areEqual(
    _ bytes: UnsafeBufferPointer<UInt8>, _ a: Int, _ b: Int, _ count: Int
  ) -> Bool {
    guard a != b, count > 0, let base = bytes.baseAddress else { return true }
    return ByteSearch.areEqual(base + a, base + b, count)
  }

  /// The index of a key that is a literal.
  mutating func key(_ name: StaticString) -> UInt32 {
    key(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// Keeps a raw value as a text attribute of the span being read.
  mutating func appendRaw(_ key: StaticString, _ text: some StringProtocol) {
    let key = self.key(key)
    attributes.append(AttributeRecord(key: key, type: .text, bytes: append(text: text)))
  }
}
