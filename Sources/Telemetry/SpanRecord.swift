/// A stretch of a batch's byte arena.
package struct ByteRange: Hashable, Sendable {
  /// Bytes from the start of the arena.
  package var offset: UInt32
  /// Bytes.
  package var length: UInt32

  @inlinable @inline(__always)
  package init(offset: UInt32 = 0, length: UInt32 = 0) {
    (self.offset, self.length) = (offset, length)
  }

  @inlinable package var isEmpty: Bool { length == 0 }
}

/// A stretch of one of a batch's record tables.
package struct RecordRange: Hashable, Sendable {
  /// Index of the first record in its table.
  package var start: UInt32
  package var count: UInt32

  @inlinable @inline(__always)
  package init(start: UInt32 = 0, count: UInt32 = 0) { (self.start, self.count) = (start, count) }

  @inlinable package var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// What was wrong with a span as it was sent. Such spans are kept and marked, never dropped.
package struct SpanMarks: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The end is before the start, or is zero although the start is not; the duration shown is 0.
  package static let invalidDuration = SpanMarks(rawValue: 1 << 0)
  /// The trace id was absent, all zero or not 16 bytes; the raw text is in `meta.raw_trace_id`.
  package static let invalidTraceID = SpanMarks(rawValue: 1 << 1)
  /// The span id was absent, all zero or not 8 bytes; the raw text is in `meta.raw_span_id`.
  package static let invalidSpanID = SpanMarks(rawValue: 1 << 2)
  /// The parent id was not 8 bytes; the raw text is in `meta.raw_parent_id`.
  package static let invalidParentID = SpanMarks(rawValue: 1 << 3)
  /// The kind or status was no value of the specification.
  package static let unknownEnum = SpanMarks(rawValue: 1 << 4)
  /// The format prints no start or end time.
  package static let noTimes = SpanMarks(rawValue: 1 << 5)
  /// The record was cut off; what was whole is kept.
  package static let truncated = SpanMarks(rawValue: 1 << 6)
  /// Another span of the trace has the same id and other content.
  package static let duplicateID = SpanMarks(rawValue: 1 << 7)
  /// Its chain of parents led back to it; it is shown as a root.
  package static let parentCycle = SpanMarks(rawValue: 1 << 8)
  /// A root whose parent id was written as zeros.
  package static let zeroParentID = SpanMarks(rawValue: 1 << 9)
}

/// One span of a ``SpanBatch``: fixed size, pointing into the batch's arena and tables.
///
/// Source of the fields: opentelemetry-proto `trace.proto`, *Span*.
package struct SpanRecord: Sendable {
  /// The first eight bytes of the trace id, most significant first. All zero when the sender gave
  /// no id, see ``SpanMarks/invalidTraceID``.
  package var traceHigh: UInt64 = 0
  /// The last eight bytes.
  package var traceLow: UInt64 = 0
  /// Most significant byte first; zero when the sender gave no id.
  package var spanID: UInt64 = 0
  /// Zero on a root.
  package var parentID: UInt64 = 0
  /// Unix nanoseconds as sent.
  package var start: UInt64 = 0
  /// Unix nanoseconds as sent; may be before `start` or zero.
  package var end: UInt64 = 0
  /// UTF-8 as sent; may be empty.
  package var name = ByteRange()
  /// The W3C `tracestate` header value as sent; empty without one.
  package var traceState = ByteRange()
  /// What the status says beside its code; empty without it.
  package var statusMessage = ByteRange()
  /// Into ``SpanBatch/attributes``.
  package var attributes = RecordRange()
  /// Into ``SpanBatch/events``.
  package var events = RecordRange()
  /// Into ``SpanBatch/links``.
  package var links = RecordRange()
  /// Index into ``SpanBatch/resources``.
  package var resource: UInt32 = 0
  /// Index into ``SpanBatch/scopes``.
  package var scope: UInt32 = 0
  /// W3C flags in the low 8 bits, OTLP's "is remote" bits above.
  package var flags: UInt32 = 0
  /// What the SDK dropped by its own count before it sent the span, OTLP's
  /// `dropped_attributes_count`; events and links likewise.
  package var droppedAttributes: UInt32 = 0
  package var droppedEvents: UInt32 = 0
  package var droppedLinks: UInt32 = 0
  package var marks: SpanMarks = []
  /// `.unspecified` also for a number that is none of OTLP's, see ``SpanMarks/unknownEnum``.
  package var kind: SpanKind = .unspecified
  /// `.unset` also for a code that is none of OTLP's.
  package var status: SpanStatus = .unset

  @inlinable package init() {}

  @inlinable package var traceID: TraceID { TraceID(high: traceHigh, low: traceLow) }

  /// End minus start in nanoseconds; 0 when the end is before the start or the difference does
  /// not fit 63 bits.
  @inlinable package var duration: UInt64 {
    end >= start && end - start <= UInt64(Int64.max) ? end - start : 0
  }
}

/// A span event.
package struct EventRecord: Sendable {
  /// Unix nanoseconds as sent.
  package var time: UInt64 = 0
  /// UTF-8 as sent; may be empty.
  package var name = ByteRange()
  package var attributes = RecordRange()
  /// By the SDK's own count.
  package var droppedAttributes: UInt32 = 0
  @inlinable package init() {}
}

/// A link to another span.
package struct LinkRecord: Sendable {
  /// The first eight bytes of the linked span's trace id, as in ``SpanRecord/traceHigh``.
  package var traceHigh: UInt64 = 0
  package var traceLow: UInt64 = 0
  package var spanID: UInt64 = 0
  /// The `tracestate` of the linked span's context; empty without one.
  package var traceState = ByteRange()
  package var attributes = RecordRange()
  /// Of the linked span's context, as in ``SpanRecord/flags``.
  package var flags: UInt32 = 0
  /// By the SDK's own count.
  package var droppedAttributes: UInt32 = 0
  /// Which of its ids are not what was sent, absent ones included; what came is kept among the
  /// attributes.
  package var marks: SpanMarks = []
  @inlinable package init() {}

  @inlinable package var traceID: TraceID { TraceID(high: traceHigh, low: traceLow) }
}

/// What a process said of itself.
package struct ResourceRecord: Sendable {
  package var attributes = RecordRange()
  /// Where the schema is that the attribute keys follow; empty when it is not said.
  package var schemaURL = ByteRange()
  /// By the SDK's own count.
  package var droppedAttributes: UInt32 = 0
  @inlinable package init() {}
}

/// The instrumentation scope (library) that made a span.
package struct ScopeRecord: Sendable {
  /// Usually the library's or its package's; empty when it is not said.
  package var name = ByteRange()
  /// Empty when it is not said.
  package var version = ByteRange()
  /// As in ``ResourceRecord/schemaURL``.
  package var schemaURL = ByteRange()
  package var attributes = RecordRange()
  /// By the SDK's own count.
  package var droppedAttributes: UInt32 = 0
  @inlinable package init() {}
}
