/// The members of Jaeger's JSON under the names of its API, of its protobuf as JSON, and of what it
/// keeps in Elasticsearch.
enum JaegerField: Sendable {
  case traceID, spanID, parentSpanID, operationName, references, refType, flags, startTime, duration
  case startTimeMillis, tags, tagMap, logs, processID, process, serviceName, processes, processMap
  case spans, timestamp, fields, key, type, value, warnings
  case text, bool, integer, double, binary

  static let table = NameTable<JaegerField>([
    ("traceid", .traceID), ("spanid", .spanID), ("parentspanid", .parentSpanID),
    ("operationname", .operationName), ("references", .references), ("reftype", .refType),
    ("flags", .flags), ("starttime", .startTime), ("duration", .duration),
    ("starttimemillis", .startTimeMillis), ("tags", .tags), ("tag", .tagMap), ("logs", .logs),
    ("processid", .processID), ("process", .process), ("servicename", .serviceName),
    ("processes", .processes), ("processmap", .processMap), ("spans", .spans),
    ("timestamp", .timestamp), ("fields", .fields), ("key", .key), ("type", .type),
    ("vtype", .type), ("value", .value), ("warnings", .warnings), ("vstr", .text),
    ("vbool", .bool), ("vint64", .integer), ("vfloat64", .double), ("vbinary", .binary),
  ])
}

extension TapeValue {
  /// The first member that is this field of Jaeger's.
  func jaeger(_ field: JaegerField) -> TapeValue? {
    var members = TapeFields(self)
    while members.next() {
      if JaegerField.table.find(members.key) == field { return members.value }
    }
    return nil
  }
}
