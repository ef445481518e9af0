/// The members of a span that lies in one flat object, under all the names that stores, tracers and
/// exports give them.
enum FlatField: Sendable {
  case traceID, spanID, parentID
  /// The span's where nothing else is.
  case id
  /// An object with the ids, of the span and of its parent.
  case context, parentContext
  case name
  /// The name where nothing else is.
  case description
  case service, kind, traceState, flags
  case start(TimeValue.Unit?)
  case end(TimeValue.Unit?)
  case duration(TimeValue.Unit?)
  /// A time that a log record has as well.
  case timestamp(TimeValue.Unit?)
  case status, statusCode, statusMessage, error
  case attributes, resource, resourceAttributes, scope, scopeName, scopeVersion, scopeAttributes
  case events, links
  case droppedAttributes, droppedEvents, droppedLinks
  /// Words of a log record.
  case log
  /// Said by others already.
  case ignored

  private static let table = NameTable(ids + times + texts + lists)

  /// What a member is; some stores put `span_` before each name.
  static func find(_ name: UnsafeBufferPointer<UInt8>) -> FlatField? {
    if let field = table.find(name) { return field }
    let prefixes: [StaticString] = ["span_", "span."]
    for prefix in prefixes where name.starts(with: prefix) {
      return table.find(name.part(prefix.utf8CodeUnitCount..<name.count))
    }
    return nil
  }

  private static let ids: [(String, FlatField)] = [
    ("traceid", .traceID), ("trace", .traceID), ("spanid", .spanID), ("parentspanid", .parentID),
    ("parentid", .parentID), ("parentspan", .parentID), ("context", .context),
    ("spancontext", .context), ("parent", .parentContext), ("parentspancontext", .parentContext),
    ("parentcontext", .parentContext), ("tracetraceid", .traceID), ("tracespanid", .spanID),
    ("traceparentid", .parentID), ("id", .id),
  ]

  private static let times: [(String, FlatField)] = {
    let units: [(String, TimeValue.Unit?)] = [
      ("", nil), ("ns", .nanoseconds), ("nano", .nanoseconds), ("nanos", .nanoseconds),
      ("nanoseconds", .nanoseconds), ("innanos", .nanoseconds), ("unixnano", .nanoseconds),
      ("epochnanos", .nanoseconds), ("timeunixnano", .nanoseconds),
      ("timestampnanos", .nanoseconds),
      ("us", .microseconds), ("micro", .microseconds), ("micros", .microseconds),
      ("microseconds", .microseconds), ("unixmicro", .microseconds), ("epochmicros", .microseconds),
      ("ms", .milliseconds), ("milli", .milliseconds), ("millis", .milliseconds),
      ("milliseconds", .milliseconds), ("inmillis", .milliseconds), ("unixmilli", .milliseconds),
      ("epochmillis", .milliseconds),
      ("s", .seconds), ("sec", .seconds), ("secs", .seconds), ("seconds", .seconds),
      ("unix", .seconds), ("epoch", .seconds),
    ]
    let starts = [
      "start", "starttime", "starttimestamp", "startedat", "startdate", "begin", "begintime",
    ]
    let ends = [
      "end", "endtime", "endtimestamp", "endedat", "enddate", "finish", "finishtime", "finishedat",
      "stop", "stoptime",
    ]
    var names: [(String, FlatField)] = []
    for (suffix, unit) in units {
      for name in starts { names.append((name + suffix, .start(unit))) }
      for name in ends { names.append((name + suffix, .end(unit))) }
      for name in ["duration", "latency", "elapsed"] {
        names.append((name + suffix, .duration(unit)))
      }
      for name in ["timestamp", "time", "ts"] { names.append((name + suffix, .timestamp(unit))) }
    }
    return names
  }()

  private static let texts: [(String, FlatField)] = [
    ("name", .name), ("operationname", .name), ("spanname", .name), ("operation", .name),
    ("displayname", .name), ("opname", .name), ("description", .description), ("span", .name),
    ("service", .service),
    ("servicename", .service), ("kind", .kind), ("spankind", .kind), ("tracestate", .traceState),
    ("flags", .flags), ("traceflags", .flags), ("status", .status), ("statuscode", .statusCode),
    ("statuscodestring", .statusCode), ("statusmessage", .statusMessage),
    ("statusdescription", .statusMessage), ("error", .error), ("haserror", .error),
    ("iserror", .error), ("scopename", .scopeName), ("libraryname", .scopeName),
    ("scopeversion", .scopeVersion), ("libraryversion", .scopeVersion),
    ("droppedattributescount", .droppedAttributes), ("droppedeventscount", .droppedEvents),
    ("droppedlinkscount", .droppedLinks), ("traceidhigh", .ignored), ("ended", .ignored),
    ("message", .log), ("msg", .log), ("level", .log), ("severity", .log), ("lvl", .log),
    ("loglevel", .log), ("logger", .log), ("log", .log), ("body", .log), ("severitytext", .log),
    ("severitynumber", .log), ("levelname", .log),
  ]

  private static let lists: [(String, FlatField)] = [
    ("attributes", .attributes), ("spanattributes", .attributes), ("tags", .attributes),
    ("attrs", .attributes), ("meta", .attributes), ("metrics", .attributes),
    ("attributesstring", .attributes), ("attributesnumber", .attributes),
    ("attributesbool", .attributes), ("stringtagmap", .attributes), ("numbertagmap", .attributes),
    ("booltagmap", .attributes), ("resource", .resource),
    ("resourceattributes", .resourceAttributes), ("resourcesstring", .resourceAttributes),
    ("resourcetags", .resourceAttributes), ("resourcetagsmap", .resourceAttributes),
    ("resources", .resourceAttributes), ("scope", .scope), ("instrumentationscope", .scope),
    ("instrumentationlibrary", .scope), ("scopeattributes", .scopeAttributes),
    ("events", .events), ("spanevents", .events), ("links", .links), ("spanlinks", .links),
  ]
}
