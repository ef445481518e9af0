import Telemetry

/// Reads one JSON object of a stream, whatever it is.
enum RecordReader {
  enum Verdict {
    /// Spans, or another signal that was counted.
    case telemetry
    /// JSON of something else.
    case other
    /// No JSON.
    case broken
  }

  /// - Parameter slack: bytes readable behind the record.
  static func read(
    _ record: UnsafeBufferPointer<UInt8>, slack: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Verdict {
    do {
      return try TapeParser.borrow { parser throws(DecodeError) in
        let root = try parser.parse(record, slack: slack)
        return read(root, bytes: record.count, into: &batch, &report)
      }
    } catch {
      return .broken
    }
  }

  private static func read(
    _ root: TapeValue, bytes: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Verdict {
    guard root.isObject else { return .other }
    if readRecord(root, bytes: bytes, into: &batch, &report) { return .telemetry }
    let unread = report.counts.unreadShapes.count
    var nested = NestedRecords(bytes: bytes)
    nested.search(inside: root, into: &batch, &report)
    if nested.isFound { return .telemetry }
    if report.counts.unreadShapes.count == unread { report.counts.unreadShapes.note(root) }
    report.counts.announcedSpans += CollectorDebug.announcedSpans(root)
    return .other
  }

  /// Reads an object that is a record itself; false, with nothing done, when it is none.
  static func readRecord(
    _ root: TapeValue, bytes: Int, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Bool {
    if let outcome = OTLPJSONReader.read(root, bytes: bytes, into: &batch) {
      report.add(outcome)
      return true
    }
    for format in ConsoleFormat.all where format.isSpan(root) {
      format.append(root, &batch)
      report.counts.spans += 1
      return true
    }
    if let outcome = OTLPJSONReader.readBare(root, bytes: bytes, into: &batch) {
      report.add(outcome)
      return true
    }
    let spans =
      Jaeger.read(root, into: &batch) ?? TempoSearch.read(root, into: &batch)
      ?? ElasticAPM.read(root, into: &batch) ?? XRay.read(root, into: &batch)
    if let spans {
      report.counts.spans += spans
      return true
    }
    if OtherSignal.isLog(root) {
      report.counts.logRecords += 1
      return true
    }
    if OtherSignal.isMetric(root) {
      report.counts.metrics += 1
      return true
    }
    let flat = FlatSpan(root)
    guard flat.isSpan else { return false }
    if flat.append(to: &batch) { report.counts.spans += 1 } else { report.addUnreadableTimes(1) }
    return true
  }

  /// Reads an object as `util.inspect` prints it.
  static func readInspect(
    _ record: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Verdict {
    var json: [UInt8] = []
    guard InspectText.json(of: record, to: &json) else { return .broken }
    return json.withUnsafeBufferPointer { read($0, slack: 0, into: &batch, &report) }
  }

  /// Whether broken text was meant to be telemetry.
  static func looksLikeTelemetry(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let words: [StaticString] = [
      "\"trace_id\"", "\"traceId\"", "\"TraceID\"", "\"resourceSpans\"", "\"SpanContext\"",
      "\"resource_spans\"", "\"span_id\"", "traceId: '", "Activity.SpanId:",
      "\tTraceId ", "Trace::SpanData",
    ]
    let head = UnsafeBufferPointer(rebasing: text.prefix(4_096))
    return words.contains { ByteSearch.has($0, in: head) }
  }
}

/// JSON records of an SDK's console that are no spans.
enum OtherSignal {
  /// Python: body, severity_number, observed_timestamp. Go: Severity, Body, TraceID.
  static func isLog(_ root: TapeValue) -> Bool {
    if root.member("body") != nil, root.member("severity_number") != nil { return true }
    return root.member("Severity") != nil && root.member("Body") != nil
  }

  /// Python: resource_metrics. Go: ScopeMetrics with Resource.
  static func isMetric(_ root: TapeValue) -> Bool {
    root.member("resource_metrics") != nil
      || (root.member("ScopeMetrics") != nil && root.member("Resource") != nil)
  }
}
