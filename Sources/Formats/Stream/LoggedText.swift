import Telemetry

/// A text inside a log line, which may hold lines of a record.
///
/// Docker, fluent-bit, journald, CloudWatch, zap, logback and others log so, each under names of its
/// own: the text is looked at, not the names.
struct LoggedText {
  /// Tells texts of one name from those of others.
  var name: UInt64
  var bytes: [UInt8]
  /// What else the line says, or the element of a list that holds the text: a hash for each name
  /// with its value.
  var members: Set<UInt64>

  /// The texts of an object in which a record begins, and those whose name is `wanted` or that of
  /// one before in which a record began.
  ///
  /// - Complexity: O(*n*) in the record.
  static func all(
    in record: UnsafeBufferPointer<UInt8>, wanted: Set<UInt64>
  ) -> [LoggedText] {
    let found = try? TapeParser.borrow { parser throws(DecodeError) in
      let root = try parser.parse(record)
      var reader = LoggedTextReader(wanted: wanted)
      reader.read(root, 0, 0)
      return reader.finished()
    }
    return found ?? []
  }

  /// Whether a record begins in a text, or a packed one is in it.
  static func begins(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    if PackedPayload.begins(text) { return true }
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      if RecordFrame.begins(in: text.part(start..<end)) { return true }
      start = end + 1
    }
    return false
  }
}

/// Collects texts from a JSON log line, or from a document that lists many.
struct LoggedTextReader {
  private var wanted: Set<UInt64>
  private var texts: [LoggedText] = []
  private var members: Set<UInt64> = []

  private static let depthLimit = 16

  init(wanted: Set<UInt64>) { self.wanted = wanted }

  func finished() -> [LoggedText] {
    texts.map {
      LoggedText(name: $0.name, bytes: $0.bytes, members: $0.members.union(members))
    }
  }

  mutating func read(_ value: TapeValue, _ name: UInt64, _ depth: Int) {
    guard depth < Self.depthLimit else { return }
    if value.isObject {
      let pair = Self.pairName(value)
      var fields = TapeFields(value)
      while fields.next() {
        var inner = ByteHash.fold(name ^ ByteHash.hash(fields.key))
        if let pair, fields.key.equals("value") { inner = ByteHash.fold(inner ^ pair) }
        read(fields.value, inner, depth + 1)
      }
    } else if value.isArray {
      if let bytes = Self.bytes(value) {
        bytes.withUnsafeBufferPointer { read(text: $0, name) }
      } else {
        readList(value, name, depth)
      }
    } else if value.isText {
      read(text: value.uncheckedText, name)
    } else if let number = value.double {
      members.insert(ByteHash.fold(name ^ number.bitPattern))
    }
  }

  /// What an element says is said of its own texts alone. Elements of a list in a list, such as
  /// Loki's `[time, line]`, are told apart by their index.
  private mutating func readList(_ list: TapeValue, _ name: UInt64, _ depth: Int) {
    let outer = members
    var elements: [TapeValue] = []
    var all = TapeElements(list)
    while all.next() { elements.append(all.value) }
    if Self.isNewestFirst(list) { elements.reverse() }
    for element in elements {
      guard element.isObject || element.isArray else {
        read(element, name, depth + 1)
        continue
      }
      let start = texts.count
      members = []
      if element.isArray {
        var index: UInt64 = 0
        var inner = TapeElements(element)
        while inner.next() {
          index += 1
          read(inner.value, ByteHash.fold(name ^ index), depth + 2)
        }
      } else {
        read(element, name, depth + 1)
      }
      for index in start..<texts.count { texts[index].members.formUnion(members) }
      members = outer
    }
  }

  /// Whether the elements are `[time, line]`, the newest first, as Loki lists them.
  private static func isNewestFirst(_ list: TapeValue) -> Bool {
    var times: [UnsafeBufferPointer<UInt8>] = []
    var elements = TapeElements(list)
    while elements.next() {
      var pair = TapeElements(elements.value)
      guard pair.next(), pair.value.isText, OTLPNumbers.unsigned(pair.value.uncheckedText) != nil
      else { return false }
      if times.count > 1 { times.removeLast() }
      times.append(pair.value.uncheckedText)
    }
    guard times.count == 2, times[0].count == times[1].count else { return false }
    return times[1].lexicographicallyPrecedes(times[0])
  }

  /// Of `{"field":"@message","value":…}` the hash of what names the value.
  private static func pairName(_ object: TapeValue) -> UInt64? {
    guard object.count == 2, object.member("value") != nil,
      let name = object.member("field") ?? object.member("key") ?? object.member("name"),
      name.isText
    else { return nil }
    return ByteHash.hash(name.uncheckedText)
  }

  /// A text as a list of its bytes: journald writes texts so that hold terminal colours.
  private static func bytes(_ list: TapeValue) -> [UInt8]? {
    var bytes: [UInt8] = []
    var elements = TapeElements(list)
    while elements.next() {
      guard elements.value.kind == .integer, let number = elements.value.integer,
        let byte = UInt8(exactly: number), byte >= 9
      else { return nil }
      bytes.append(byte)
    }
    return bytes.isEmpty ? nil : bytes
  }

  private mutating func read(text: UnsafeBufferPointer<UInt8>, _ name: UInt64) {
    guard !TerminalColors.areIn(text) else {
      let plain = TerminalColors.removed(from: text)
      return plain.withUnsafeBufferPointer { read(plain: $0, name) }
    }
    read(plain: text, name)
  }

  private mutating func read(plain text: UnsafeBufferPointer<UInt8>, _ name: UInt64) {
    let begins = LoggedText.begins(in: text)
    if begins { wanted.insert(name) }
    if begins || wanted.contains(name) {
      texts.append(LoggedText(name: name, bytes: Array(text), members: []))
    } else {
      members.insert(ByteHash.fold(name ^ ByteHash.hash(text)))
    }
  }
}
