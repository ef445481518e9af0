/// Steps through the members of an object, in their order, repeated names included.
///
///     var fields = TapeFields(value)
///     while fields.next() {
///       switch fields.key … { use(fields.value) }
///     }
///
/// A value that is no object has no members.
struct TapeFields {
  /// The value of the current member.
  private(set) var value: TapeValue
  private var upcoming: Int
  private let end: Int

  @inline(__always)
  init(_ object: TapeValue) {
    value = object
    upcoming = object.index &+ 1
    end = object.isObject ? object.next &- 1 : 0
  }

  @inline(__always)
  mutating func next() -> Bool {
    guard upcoming < end else { return false }
    value = value.at(upcoming &+ 1)
    upcoming = value.next
    return true
  }

  /// The name of the current member.
  @inline(__always) var key: UnsafeBufferPointer<UInt8> { value.at(value.index &- 1).uncheckedText }
}

/// Steps through the elements of an array. A value that is no array has none.
struct TapeElements {
  /// The current element.
  private(set) var value: TapeValue
  private var upcoming: Int
  private let end: Int

  @inline(__always)
  init(_ array: TapeValue) {
    value = array
    upcoming = array.index &+ 1
    end = array.isArray ? array.next &- 1 : 0
  }

  @inline(__always)
  mutating func next() -> Bool {
    guard upcoming < end else { return false }
    value = value.at(upcoming)
    upcoming = value.next
    return true
  }
}

extension TapeValue {
  /// The first member of that name, or nil; for formats told apart by a few names.
  ///
  /// - Complexity: O(members).
  func member(_ name: StaticString) -> TapeValue? {
    var fields = TapeFields(self)
    while fields.next() {
      if fields.key.equals(name) { return fields.value }
    }
    return nil
  }

  /// Whether this is a text of these bytes.
  @inline(__always)
  func equals(_ text: StaticString) -> Bool { isText && uncheckedText.equals(text) }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these are the bytes of an ASCII literal.
  @inline(__always)
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    guard let base = baseAddress else { return true }
    return ByteSearch.areEqual(base, text.utf8Start, count)
  }

  /// Whether these bytes begin with those of an ASCII literal.
  @inline(__always)
  func starts(with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length, let base = baseAddress else { return length == 0 }
    return ByteSearch.areEqual(base, text.utf8Start, length)
  }
}
