/// JSON, written straight into bytes: the one writer of the program.
///
/// It puts the commas, and line breaks where they are wanted; it trusts its caller to give each
/// member of an object a key.
package struct JSONWriter: Sendable {
  /// What is written so far, UTF-8; valid JSON once every object and array is closed.
  package private(set) var bytes: [UInt8] = []
  /// Whether something stands before the next value in the array or object now open.
  private var needsComma = false
  private var isAfterKey = false
  private let isIndented: Bool
  private var depth = 0

  /// - Parameter isIndented: a line for each member and element, two blanks deeper than what it is
  ///   in; otherwise everything on one line without blanks.
  package init(isIndented: Bool = false) { self.isIndented = isIndented }

  /// A copy of ``bytes``; who only passes them on takes those.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// An object; `body` writes its members, each a key and one value.
  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// An array; `body` writes its elements.
  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// An array of the items; `each` writes exactly one value for each.
  package mutating func array<T>(
    _ items: some Sequence<T>, _ each: (inout JSONWriter, T) -> Void
  ) {
    array { json in for item in items { each(&json, item) } }
  }

  /// The name of the member that the next value is.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    if isIndented { bytes.append(UInt8(ascii: " ")) }
    (needsComma, isAfterKey) = (false, true)
  }

  /// A member of the object now open.
  package mutating func member(_ name: String, _ value: (inout JSONWriter) -> Void) {
    key(name)
    value(&self)
  }

  package mutating func null() { raw("null") }

  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// A JSON number with all its digits. Readers that use doubles round it past 2^53.
  package mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

  /// 64-bit nanoseconds: a string, since a double cannot hold them.
  package mutating func nanoseconds(_ value: some BinaryInteger) { raw("\"\(value)\"") }

  /// The shortest digits that read back as the same double; NaN and infinities as strings, `null`
  /// for nil.
  package mutating func double(_ value: Double?) {
    guard let value else { return null() }
    begin()
    CanonicalJSON.double(value, to: &bytes)
  }

  /// JSON made elsewhere, taken as it is.
  package mutating func raw(_ json: String) {
    begin()
    bytes.append(contentsOf: json.utf8)
  }

  /// A string literal with control characters, quotes and backslashes escaped. For a terminal more
  /// is unsafe: see ``PlainText/json(_:)``.
  package mutating func string(_ text: String) {
    begin()
    CanonicalJSON.quote(text, to: &bytes)
  }

  /// An attribute's value: empty is `null`, bytes are base64 text.
  package mutating func value(_ value: AttributeValue) {
    switch value {
    case .empty: null()
    case .text(let text): string(text)
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .double(let value): double(value)
    case .bytes(let value): string(Base64.text(value))
    case .array(let values): array(values) { $0.value($1) }
    case .map(let entries):
      object { json in for entry in entries { json.member(entry.key) { $0.value(entry.value) } } }
    }
  }

  private mutating func nest(
    _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void
  ) {
    begin()
    bytes.append(open)
    depth += 1
    needsComma = false
    body(&self)
    depth -= 1
    if needsComma { breakLine() }
    bytes.append(close)
    needsComma = true
  }

  /// What stands between the next value and what was written before it.
  private mutating func begin() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0, !isAfterKey { breakLine() }
    (needsComma, isAfterKey) = (true, false)
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }
}
