import Telemetry

/// A text inside a JSON log line, which may hold lines of a record.
///
/// Docker, fluent-bit, journald, CloudWatch, zap, logback and others log so, each under names of its
/// own: the text is looked at, not the names.
struct LoggedText {
  /// Tells texts of one name from those of others.
  var name: UInt64
  var bytes: [UInt8]
  /// What else the line says: a hash for each name with its value.
  var members: Set<UInt64>

  private static let depthLimit = 8
  private static let textLimit = 64

  /// The texts of an object in which a record begins, or whose name is `wanted`.
  static func all(
    in record: UnsafeBufferPointer<UInt8>, wanted: Set<UInt64>
  ) -> [LoggedText] {
    let found = try? TapeParser.borrow { parser throws(DecodeError) in
      let root = try parser.parse(record)
      var reader = Reader(wanted: wanted)
      reader.read(root, 0, 0)
      return reader.texts.isEmpty ? [] : reader.finished()
    }
    return found ?? []
  }

  private struct Reader {
    let wanted: Set<UInt64>
    var texts: [LoggedText] = []
    private var members: Set<UInt64> = []

    init(wanted: Set<UInt64>) { self.wanted = wanted }

    mutating func read(_ value: TapeValue, _ name: UInt64, _ depth: Int) {
      guard depth < LoggedText.depthLimit, texts.count < LoggedText.textLimit else { return }
      if value.isObject {
        var fields = TapeFields(value)
        while fields.next() {
          read(fields.value, ByteHash.fold(name ^ ByteHash.hash(fields.key)), depth + 1)
        }
      } else if value.isArray {
        var elements = TapeElements(value)
        while elements.next() { read(elements.value, name, depth + 1) }
      } else if value.isText {
        read(text: value.uncheckedText, name)
      } else if let number = value.double {
        members.insert(ByteHash.fold(name ^ number.bitPattern))
      }
    }

    private mutating func read(text: UnsafeBufferPointer<UInt8>, _ name: UInt64) {
      if wanted.contains(name) || LoggedText.begins(in: text) {
        texts.append(LoggedText(name: name, bytes: Array(text), members: []))
      } else {
        members.insert(ByteHash.fold(name ^ ByteHash.hash(text)))
      }
    }

    func finished() -> [LoggedText] {
      texts.map { LoggedText(name: $0.name, bytes: $0.bytes, members: members) }
    }
  }

  /// Whether a record begins in a text, or a packed one is in it.
  private static func begins(in text: UnsafeBufferPointer<UInt8>) -> Bool {
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

/// An OTLP request as base64 of gzip, which `otlp-stdout-span-exporter` prints inside of JSON.
enum PackedPayload {
  /// Base64 of gzip's first three bytes.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool { text.starts(with: "H4sI") }

  /// Reads the request; false when it is none.
  static func read(
    _ text: [UInt8], _ unpack: MessageUnpacker?, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    guard let unpack, let packed = Base64.bytes(text),
      let bytes = packed.withUnsafeBytes({ try? unpack($0) })
    else { return false }
    return bytes.withUnsafeBytes { request in
      guard request.first == UInt8(ascii: "{") else {
        let isRead: Void? = try? OTLPProtobuf.decodeAny(request, into: &batch, report: &report)
        return isRead != nil
      }
      let json = request.assumingMemoryBound(to: UInt8.self)
      return RecordReader.read(json, slack: 0, into: &batch, &report) == .telemetry
    }
  }
}
