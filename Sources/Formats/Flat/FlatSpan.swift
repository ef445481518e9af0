import Telemetry

/// A span in one flat object: rows of ClickHouse and SigNoz, Datadog's JSON, JavaScript's
/// `ReadableSpan`, Swift's stdout exporter, OpenSearch, VictoriaTraces, and whatever else has both
/// ids, a name, and a start with an end or a duration.
///
/// What is no part of a span is kept as an attribute. A number without a unit in its name is told by
/// its size (see ``TimeValue``); a duration has the unit of its start, and beside a start in words a
/// whole one counts nanoseconds, as ClickHouse's, a fraction seconds, as Swift's.
struct FlatSpan {
  typealias Timed = (value: TapeValue, unit: TimeValue.Unit?)

  private let root: TapeValue
  private var traceID: TapeValue?
  private var spanID: TapeValue?
  private var parentID: TapeValue?
  /// The member that gives the span's id though its name does not say so.
  private var id: TapeValue?
  private(set) var name: TapeValue?
  /// The member that gives the name though its own does not say so.
  private var description: TapeValue?
  private var start: Timed?
  private var end: Timed?
  private var duration: Timed?
  private var timestamp: Timed?
  private var hasLogWords = false
  /// JavaScript numbers kinds from 0.
  private var isJavaScript = false

  /// Notes what the members are.
  init(_ root: TapeValue) {
    self.root = root
    var members = TapeFields(root)
    while members.next() {
      let value = members.value
      guard !value.isNull, let field = FlatField.find(members.key) else { continue }
      switch field {
      case .traceID where !value.isObject: traceID = value
      case .spanID: spanID = value
      case .id: id = value
      case .description where value.isText: description = value
      case .parentID: parentID = value
      case .context where value.isObject: takeContext(value)
      case .parentContext where value.isObject:
        parentID = Self.member(.spanID, of: value) ?? parentID
      case .parentContext where value.isText: parentID = parentID ?? value
      case .name where value.isText && (name == nil || !members.key.equals("operation")):
        name = value
      case .start(let unit): start = (value, unit)
      case .end(let unit): end = (value, unit)
      case .duration(let unit): duration = (value, unit)
      case .timestamp(let unit): timestamp = (value, unit)
      case .log: hasLogWords = true
      default: break
      }
    }
    if start?.value.isArray == true { isJavaScript = true }
    if spanID == nil { spanID = id } else { id = nil }
    if name == nil { name = description } else { description = nil }
    // Sentry's end.
    if start != nil, end == nil, duration == nil { end = timestamp }
  }

  private mutating func takeContext(_ value: TapeValue) {
    traceID = Self.member(.traceID, of: value) ?? traceID
    spanID = Self.member(.spanID, of: value) ?? spanID
    isJavaScript =
      isJavaScript || root.member("spanContext") != nil
      || root.member("_spanContext") != nil
  }

  private enum ID { case traceID, spanID }

  private static func member(_ id: ID, of context: TapeValue) -> TapeValue? {
    var members = TapeFields(context)
    while members.next() {
      switch FlatField.find(members.key) {
      case .traceID where id == .traceID: return members.value
      case .spanID where id == .spanID: return members.value
      default: break
      }
    }
    return nil
  }

  /// Whether it has both ids, whatever else it is.
  var hasIDs: Bool { traceID != nil && spanID != nil }

  /// Whether it is a record of a log that tells its span.
  var isLog: Bool { hasLogWords && !(start != nil && end != nil) }

  var isSpan: Bool {
    hasIDs && name != nil && !isLog && (start != nil || timestamp != nil)
      && (end != nil || duration != nil)
  }

  /// Appends the span; false, with nothing appended, when a time cannot be read.
  func append(to batch: inout SpanBatch) -> Bool {
    var span = SpanRecord()
    guard setTimes(&span) else { return false }
    span.setTrace(traceID)
    span.setSpan(spanID)
    span.setParent(parentID)
    span.name = batch.copy(name)
    var rest = FlatRest(
      root, isJavaScript: isJavaScript, taken: [id?.index, description?.index].compactMap { $0 })
    rest.read(&span, &batch)
    batch.keepRawIDs(of: &span, trace: traceID, span: spanID, parent: parentID)
    rest.readLists(&span, &batch)
    batch.spans.append(span)
    return true
  }

  private func setTimes(_ span: inout SpanRecord) -> Bool {
    guard let first = start ?? timestamp,
      let nanos = TimeValue.instant(first.value, first.unit)
    else { return false }
    span.start = nanos
    if let end {
      guard let nanos = TimeValue.instant(end.value, end.unit) else { return false }
      span.end = nanos
    } else if let duration {
      let unit = duration.unit ?? Self.unit(of: duration.value, from: first)
      guard let length = TimeValue.length(duration.value, unit) else { return false }
      span.end = length < 0 ? nanos &- length.magnitude : nanos &+ length.magnitude
    }
    span.markTimes()
    return true
  }

  /// The unit of a duration that does not name it.
  private static func unit(of duration: TapeValue, from start: Timed) -> TimeValue.Unit {
    if let unit = start.unit { return unit }
    let number = start.value.isText ? OTLPNumbers.double(start.value.text) : start.value.double
    if let number { return TimeValue.Unit(sizeOf: number) }
    // Eleven days are no span.
    guard duration.kind == .double, let count = duration.double else { return .nanoseconds }
    return count < 1e6 ? .seconds : .nanoseconds
  }
}
