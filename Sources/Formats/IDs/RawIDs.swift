import Telemetry

extension SpanBatch {
  /// Keeps the ids of a span as they came, behind its other attributes, where the ids of the record
  /// do not say all of them. To be called when the attributes of the span end the table.
  mutating func keepRawIDs(
    of span: inout SpanRecord, trace: TapeValue?, span id: TapeValue?, parent: TapeValue? = nil
  ) {
    guard !span.marks.isDisjoint(with: .invalidIDs) else { return }
    if let id, IDValue.span(id).isNamed {
      span.spanID = IDHash.spanID(span.spanID, in: span.traceID)
    }
    if let parent, IDValue.span(parent).isNamed {
      span.parentID = IDHash.spanID(span.parentID, in: span.traceID)
    }
    if span.attributes.count == 0 {
      span.attributes.start = UInt32(truncatingIfNeeded: attributes.count)
    }
    if span.marks.contains(.invalidTraceID) { keepRaw(RawKey.traceID, trace, &span.attributes) }
    if span.marks.contains(.invalidSpanID) { keepRaw(RawKey.spanID, id, &span.attributes) }
    if span.marks.contains(.invalidParentID) { keepRaw(RawKey.parentID, parent, &span.attributes) }
  }

  /// The same for the ids of a link, which is marked.
  mutating func keepRawIDs(of link: inout LinkRecord, trace: TapeValue?, span id: TapeValue?) {
    if link.attributes.count == 0 {
      link.attributes.start = UInt32(truncatingIfNeeded: attributes.count)
    }
    if !(trace.map(IDValue.trace)?.isWhole ?? false) {
      link.marks.insert(.invalidTraceID)
      keepRaw(RawKey.traceID, trace, &link.attributes)
    }
    let read = id.map(IDValue.span) ?? IDText.Span()
    if read.isNamed { link.spanID = IDHash.spanID(read.id, in: link.traceID) }
    if !read.isWhole {
      link.marks.insert(.invalidSpanID)
      keepRaw(RawKey.spanID, id, &link.attributes)
    }
  }

  /// Appends a value as it came: a text, a number, or canonical JSON.
  mutating func keepRaw(_ name: StaticString, _ value: TapeValue?, _ range: inout RecordRange) {
    guard let value, !value.isNull, !value.isText || !value.text.isEmpty else { return }
    let key = self.key(name)
    if value.isText {
      let text = append(bytes: value.uncheckedText)
      attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    } else if let integer = value.integer {
      attributes.append(AttributeRecord(key: key, integer: integer))
    } else {
      append(json: .array, key) { TapeJSON.write(value, to: &$0) }
    }
    range.count += 1
  }
}

extension SpanMarks {
  /// Ids of a record that do not say all that was sent.
  static let invalidIDs = SpanMarks(
    rawValue: SpanMarks.invalidTraceID.rawValue | SpanMarks.invalidSpanID.rawValue
      | SpanMarks.invalidParentID.rawValue)
}
