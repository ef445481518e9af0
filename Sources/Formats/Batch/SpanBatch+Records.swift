import Telemetry

extension SpanBatch {
  /// The index of a resource whose attributes end the attribute table, sharing an equal one:
  /// exporters repeat the resource with every request, and console formats with every span.
  ///
  /// - Complexity: O(what it says).
  mutating func intern(_ resource: ResourceRecord) -> UInt32 {
    var hash = hash(resource.attributes, UInt64(resource.droppedAttributes))
    hash = fold(resource.schemaURL, hash)
    let key = UInt32(truncatingIfNeeded: hash)
    if let known = resourceIndex.find(key, isSame: { isSame(resource, resources[$0]) }) {
      removeLastAttributes(Int(resource.attributes.count))
      return known
    }
    resourceIndex.insert(key, resources.count)
    resources.append(resource)
    return UInt32(truncatingIfNeeded: resources.count - 1)
  }

  /// The same for a scope.
  mutating func intern(_ scope: ScopeRecord) -> UInt32 {
    var hash = hash(scope.attributes, UInt64(scope.droppedAttributes))
    for text in [scope.name, scope.version, scope.schemaURL] { hash = fold(text, hash) }
    let key = UInt32(truncatingIfNeeded: hash)
    if let known = scopeIndex.find(key, isSame: { isSame(scope, scopes[$0]) }) {
      removeLastAttributes(Int(scope.attributes.count))
      return known
    }
    scopeIndex.insert(key, scopes.count)
    scopes.append(scope)
    return UInt32(truncatingIfNeeded: scopes.count - 1)
  }

  /// Equal for stretches of the attribute table that say the same.
  private func hash(_ range: RecordRange, _ seed: UInt64) -> UInt64 {
    var hash = ByteHash.fold(seed ^ UInt64(range.count) << 32)
    for offset in range.indices {
      let record = attributes[offset]
      hash = ByteHash.fold(hash ^ UInt64(record.key) << 8 ^ UInt64(record.typeCode))
      switch record.type {
      case .text, .bytes, .array, .map: hash = fold(record.bytes, hash)
      case .empty, .bool, .integer, .double: hash = ByteHash.fold(hash ^ record.payload)
      }
    }
    return hash
  }

  private func fold(_ range: ByteRange, _ hash: UInt64) -> UInt64 {
    arena.withUnsafeBufferPointer { arena in
      guard range.length > 0, let base = arena.baseAddress else { return ByteHash.fold(hash) }
      let text = UnsafeBufferPointer(start: base + Int(range.offset), count: Int(range.length))
      return ByteHash.fold(hash ^ ByteHash.hash(text))
    }
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
      for offset in 0..<Int(a.count) {
        let one = attributes[Int(a.start) + offset]
        let two = attributes[Int(b.start) + offset]
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
        if !details.isEmpty {
          let ours = detail(of: Int(a.start) + offset) ?? ByteRange()
          let theirs = detail(of: Int(b.start) + offset) ?? ByteRange()
          guard ours.length == theirs.length,
            Self.areEqual(bytes, Int(ours.offset), Int(theirs.offset), Int(ours.length))
          else { return false }
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
