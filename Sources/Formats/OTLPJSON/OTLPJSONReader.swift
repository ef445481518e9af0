import Telemetry

/// Reads parsed OTLP JSON documents of any signal and shape into a batch.
///
/// It knows requests, lists of requests, one `ResourceSpans` without its wrapper (Java), and
/// Tempo's trace answers.
struct OTLPJSONReader {
  /// What a document held.
  struct Outcome: Equatable {
    var spans = 0
    var logRecords = 0
    var metrics = 0
    /// Lists of a signal that is neither.
    var unknownSignals = 0
    /// Spans left out because a time of theirs cannot be read.
    var badSpans = 0
    /// Attributes that are no values, kept as texts.
    var unreadValues = 0
    /// Whether nested names blew up and the rest was given up.
    var isTooLarge = false
  }

  private var spans: OTLPJSONSpans
  private let fields: OTLPFieldTable
  private var outcome = Outcome()

  /// Reads a document; nil when it is no OTLP, and then the batch is untouched.
  ///
  /// - Parameter bytes: the document's length, which bounds what it may become.
  /// - Complexity: O(*n*).
  static func read(_ root: TapeValue, bytes: Int, into batch: inout SpanBatch) -> Outcome? {
    guard isOTLP(root) else { return nil }
    return run(bytes: bytes, into: &batch) { reader, batch in
      reader.document(root, 0, into: &batch)
    }
  }

  /// Reads a span without the lists around, or a list of them, perhaps with scope and resource.
  static func readBare(
    _ root: TapeValue, isList: Bool, bytes: Int, into batch: inout SpanBatch
  ) -> Outcome {
    run(bytes: bytes, into: &batch) { reader, batch in
      reader.spans.resource = reader.add(root.member("resource"), nil, nil, to: &batch)
      if isList { return reader.scopeSpans(root, into: &batch) }
      reader.spans.scope = reader.addScope(root.member("scope"), nil, nil, to: &batch)
      let before = batch.spans.count
      reader.spans.append(root, to: &batch)
      reader.outcome.spans += batch.spans.count - before
    }
  }

  private static func run(
    bytes: Int, into batch: inout SpanBatch,
    _ body: (inout OTLPJSONReader, inout SpanBatch) -> Void
  ) -> Outcome {
    var reader = OTLPJSONReader(arenaLimit: batch.arena.count + 8 * bytes + 1 << 16)
    let known = (attributes: batch.attributes.count, details: batch.details.count)
    body(&reader, &batch)
    reader.outcome.badSpans = reader.spans.unreadable
    if batch.details.count > known.details {
      reader.outcome.unreadValues = batch.unreadValues(from: known.attributes)
    }
    return reader.outcome
  }

  /// Whether a document is OTLP of whatever signal, judged by its outermost members.
  static func isOTLP(_ root: TapeValue) -> Bool { isOTLP(root, 0, OTLPFieldTable.shared) }

  private static func isOTLP(_ root: TapeValue, _ depth: Int, _ fields: OTLPFieldTable) -> Bool {
    if root.isArray, depth == 0 {
      var elements = TapeElements(root)
      while elements.next() {
        if isOTLP(elements.value, 1, fields) { return true }
      }
      return false
    }
    var hasScopes = false
    var hasResource = false
    var members = TapeFields(root)
    while members.next() {
      let value = members.value
      // Only the outermost names of spans are taken in any case: others are common words.
      let exact = fields.exact(members.key)
      let field = exact == .unknown && value.isArray ? fields.field(members.key) : exact
      switch field {
      case .resourceSpans: if value.isArray || value.isNull { return true }
      case _ where exact != field: break
      case .resourceLogs, .resourceMetrics, .resourceProfiles, .batches:
        if value.isArray || value.isNull { return true }
      case .trace where value.isObject && depth < 2:
        if isOTLP(value, 2, fields) { return true }
      case .resource: hasResource = true
      case .scopeSpans, .scopeLogs, .scopeMetrics: hasScopes = hasScopes || value.isArray
      default: break
      }
    }
    return hasScopes && hasResource
  }

  private init(arenaLimit: Int) {
    spans = OTLPJSONSpans(attributes: OTLPJSONAttributes(arenaLimit: arenaLimit))
    fields = spans.attributes.fields
  }

  /// Reads a document that is OTLP, or an element of a list with one that is.
  private mutating func document(
    _ root: TapeValue, _ depth: Int, into batch: inout SpanBatch
  ) {
    if root.isArray, depth == 0 {
      var elements = TapeElements(root)
      while elements.next() { document(elements.value, 1, into: &batch) }
      return
    }
    var isWrapped = false
    var hasResource = false
    var members = TapeFields(root)
    while members.next() {
      let value = members.value
      switch fields.field(members.key) {
      case .resourceSpans, .batches:
        traces(value, into: &batch)
        isWrapped = true
      case .resourceLogs: outcome.logRecords += count(value, .scopeLogs, .logRecords)
      case .resourceMetrics: outcome.metrics += count(value, .scopeMetrics, .metrics)
      case .resourceProfiles: outcome.unknownSignals += 1
      case .trace where value.isObject && depth < 2: document(value, 2, into: &batch)
      case .resource: hasResource = true
      default: break
      }
    }
    guard !isWrapped, hasResource else { return }
    resourceSpans(root, into: &batch)
    outcome.logRecords += countInner(root, .scopeLogs, .logRecords)
    outcome.metrics += countInner(root, .scopeMetrics, .metrics)
  }

  private mutating func traces(_ list: TapeValue, into batch: inout SpanBatch) {
    var elements = TapeElements(list)
    while elements.next() { resourceSpans(elements.value, into: &batch) }
  }

  private mutating func resourceSpans(_ object: TapeValue, into batch: inout SpanBatch) {
    var resource: TapeValue?
    var schemaURL: TapeValue?
    var isHeld = false
    var hasUnknown = false
    var members = TapeFields(object)
    while members.next() {
      switch fields.field(members.key) {
      case .resource: resource = members.value
      case .schemaURL: schemaURL = members.value
      case .scopeSpans: isHeld = true
      default: hasUnknown = true
      }
    }
    guard isHeld else { return }
    spans.resource = add(resource, schemaURL, hasUnknown ? object : nil, to: &batch)
    members = TapeFields(object)
    while members.next() {
      guard fields.field(members.key) == .scopeSpans else { continue }
      var scopes = TapeElements(members.value)
      while scopes.next() { scopeSpans(scopes.value, into: &batch) }
    }
  }

  /// Adds the resource, or finds the equal one before and drops the copied texts again.
  private func add(
    _ object: TapeValue?, _ schemaURL: TapeValue?, _ outer: TapeValue?, to batch: inout SpanBatch
  ) -> UInt32 {
    let arena = batch.arena.count
    let known = batch.resources.count
    var record = ResourceRecord()
    var list: TapeValue?
    var hasUnknown = false
    if let object {
      var members = TapeFields(object)
      while members.next() {
        switch fields.field(members.key) {
        case .attributes: list = members.value
        case .droppedAttributes: record.droppedAttributes = OTLPNumbers.count(members.value)
        default: hasUnknown = true
        }
      }
    }
    if let schemaURL { record.schemaURL = spans.attributes.copy(schemaURL, to: &batch) }
    record.attributes = spans.attributes.append(list, to: &batch)
    if hasUnknown, let object {
      spans.attributes.keep(RawKey.fields, of: object, &record.attributes, to: &batch) {
        $0 != .attributes && $0 != .droppedAttributes
      }
    }
    if let outer {
      spans.attributes.keep(RawKey.outerFields, of: outer, &record.attributes, to: &batch) {
        $0 != .resource && $0 != .schemaURL && $0 != .scopeSpans && $0 != .scopeLogs
          && $0 != .scopeMetrics
      }
    }
    let index = batch.intern(record)
    // Equal to an earlier one: no key was new, so all bytes since are copies.
    if batch.resources.count == known { batch.arena.removeLast(batch.arena.count - arena) }
    return index
  }

  private mutating func scopeSpans(_ object: TapeValue, into batch: inout SpanBatch) {
    var scope: TapeValue?
    var schemaURL: TapeValue?
    var list: TapeValue?
    var hasUnknown = false
    var members = TapeFields(object)
    while members.next() {
      switch fields.field(members.key) {
      case .scope: scope = members.value
      case .schemaURL: schemaURL = members.value
      case .spans: list = members.value
      default: hasUnknown = true
      }
    }
    guard let list, list.isArray else { return }
    spans.scope = addScope(scope, schemaURL, hasUnknown ? object : nil, to: &batch)
    let before = batch.spans.count
    var elements = TapeElements(list)
    while elements.next(), !outcome.isTooLarge {
      guard elements.value.isObject else { continue }
      spans.append(elements.value, to: &batch)
      outcome.isTooLarge = batch.arena.count > spans.attributes.arenaLimit
    }
    outcome.spans += batch.spans.count - before
  }

  private func addScope(
    _ object: TapeValue?, _ schemaURL: TapeValue?, _ outer: TapeValue?, to batch: inout SpanBatch
  ) -> UInt32 {
    let arena = batch.arena.count
    let known = batch.scopes.count
    var record = ScopeRecord()
    var list: TapeValue?
    var hasUnknown = false
    if let object {
      var members = TapeFields(object)
      while members.next() {
        switch fields.field(members.key) {
        case .name: record.name = spans.attributes.copy(members.value, to: &batch)
        case .version: record.version = spans.attributes.copy(members.value, to: &batch)
        case .attributes: list = members.value
        case .droppedAttributes: record.droppedAttributes = OTLPNumbers.count(members.value)
        default: hasUnknown = true
        }
      }
    }
    if let schemaURL { record.schemaURL = spans.attributes.copy(schemaURL, to: &batch) }
    record.attributes = spans.attributes.append(list, to: &batch)
    if hasUnknown, let object {
      spans.attributes.keep(RawKey.fields, of: object, &record.attributes, to: &batch) {
        $0 != .name && $0 != .version && $0 != .attributes && $0 != .droppedAttributes
      }
    }
    if let outer {
      spans.attributes.keep(RawKey.outerFields, of: outer, &record.attributes, to: &batch) {
        $0 != .scope && $0 != .schemaURL && $0 != .spans
      }
    }
    let index = batch.intern(record)
    if batch.scopes.count == known { batch.arena.removeLast(batch.arena.count - arena) }
    return index
  }

  /// How many items of another signal a list of resources holds.
  private func count(_ list: TapeValue, _ scopes: OTLPField, _ items: OTLPField) -> Int {
    var count = 0
    var elements = TapeElements(list)
    while elements.next() { count += countInner(elements.value, scopes, items) }
    return count
  }

  private func countInner(_ object: TapeValue, _ scopes: OTLPField, _ items: OTLPField) -> Int {
    var count = 0
    var members = TapeFields(object)
    while members.next() {
      guard fields.field(members.key) == scopes else { continue }
      var elements = TapeElements(members.value)
      while elements.next() {
        var inner = TapeFields(elements.value)
        while inner.next() {
          if fields.field(inner.key) == items { count += inner.value.count }
        }
      }
    }
    return count
  }
}
