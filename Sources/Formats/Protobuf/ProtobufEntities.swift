import Telemetry

/// Entity references of a resource as the JSON members that they are in OTLP JSON: the program does
/// not use them, but hands them on.
///
/// Source: opentelemetry-proto `common.proto`, *EntityRef*.
enum ProtobufEntities {
  /// Writes `{"entityRefs":[…]}`, and behind it the members of the resource that are not known.
  static func write(
    _ entities: [Range<Int>], _ unknown: ProtobufUnknown, _ message: WireReader,
    to out: inout [UInt8]
  ) {
    out.append(contentsOf: "{\"entityRefs\":[".utf8)
    for (index, entity) in entities.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      write(message.sub(entity), to: &out)
    }
    out.append(UInt8(ascii: "]"))
    if !unknown.isEmpty {
      out.append(UInt8(ascii: ","))
      unknown.write(message, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  private static func write(_ entity: WireReader, to out: inout [UInt8]) {
    var members: [(name: String, texts: [Range<Int>])] = [
      ("schemaUrl", []), ("type", []), ("idKeys", []), ("descriptionKeys", []),
    ]
    var entity = entity
    while case let tag = entity.tag(), tag != 0 {
      guard tag & 7 == 2, (1...4).contains(tag >> 3) else {
        entity.skip(tag)
        continue
      }
      members[Int(tag >> 3) - 1].texts.append(entity.bytes())
    }
    out.append(UInt8(ascii: "{"))
    var isFirst = true
    for (index, member) in members.enumerated() where !member.texts.isEmpty {
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      out.append(contentsOf: "\"\(member.name)\":".utf8)
      let isList = index >= 2
      if isList { out.append(UInt8(ascii: "[")) }
      for (offset, text) in (isList ? member.texts : member.texts.suffix(1)).enumerated() {
        if offset > 0 { out.append(UInt8(ascii: ",")) }
        CanonicalJSON.quote(entity.slice(text), to: &out)
      }
      if isList { out.append(UInt8(ascii: "]")) }
    }
    out.append(UInt8(ascii: "}"))
  }
}
