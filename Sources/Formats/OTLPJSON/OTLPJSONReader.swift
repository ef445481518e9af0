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
    var reader = OTLPJSONReader(arenaLimit: batch.arena.count + 8 * bytes + 1 << 16)
    return reader.document(root, 0, into: &batch) ? reader.outcome : nil
  }

  /// Whether a document is OTLP of whatever signal.
  ///
  /// - Complexity: that of reading it.
  static func isOTLP(_ root: TapeValue) -> Bool {
    var batch = SpanBatch()
    return read(root, bytes: 0, into: &batch) != nil
  }

  private init(arenaLimit: Int) {
    spans = OTLPJSONSpans(attributes: OTLPJSONAttributes(arenaLimit: arenaLimit))
    fields = spans.attributes.fields
  }

  private mutating func document(
    _ root: TapeValue, _ depth: Int, into batch: inout SpanBatch
  ) -> Bool {
    if root.isArray, depth == 0 {
      var isFound = false
      var elements = TapeElements(root)
      while elements.next() {
        if document(elements.value, 1, into: &batch) { isFound = true }
      }
      return isFound
    }
    var isFound = false
    var isUnwrapped = false
    var hasResource = false
    var members = TapeFields(root)
    while members.next() {
      let value = members.value
      switch fields.field(members.key) {
      case .resourceSpans, .batches:
        guard value.isArray || value.isNull else { continue }
        traces(value, into: &batch)
        isFound = true
      case .resourceLogs:
        outcome.logRecords += count(value, .scopeLogs, .logRecords)
        isFound = isFound || value.isArray
      case .resourceMetrics:
        outcome.metrics += count(value, .scopeMetrics, .metrics)
        isFound = isFound || value.isArray
      case .resourceProfiles:
        outcome.unknownSignals += 1
        isFound = true
      case .trace where value.isObject && depth < 2:
        if document(value, 2, into: &batch) { isFound = true }
      case .resource: hasResource = true
      case .scopeSpans, .scopeLogs, .scopeMetrics: isUnwrapped = value.isArray
      default: break
      }
    }
    guard !isFound, isUnwrapped, hasResource else { return isFound }
    resourceSpans(root, into: &batch)
    outcome.logRecords += countInner(root, .scopeLogs, .logRecords)
    outcome.metrics += countInner(root, .scopeMetrics, .metrics)
    return true
  }

  private mutating func traces(_ list: TapeValue, into batch: inout SpanBatch) {
    var elements = TapeElements(list)
    while elements.next() { resourceSpans(elements.value, into: &batch) }
  }

  private mutating func resourceSpans(_ object: TapeValue, into batch: inout SpanBatch) {
    var resource: TapeValue?
    var schemaURL: TapeValue?
    var isHeld = false
    var members = TapeFields(object)
    while members.next() {
      switch fields.field(members.key) {
      case .resource: resource = members.value
      case .schemaURL: schemaURL = members.value
      case .scopeSpans: isHeld = true
      default: break
      }
    }
    guard isHeld else { return }
    spans.resource = add(resource, schemaURL, to: &batch)
    members = TapeFields(object)
    while members.next() {
      guard fields.field(members.key) == .scopeSpans else { continue }
      var scopes = TapeElements(members.value)
      while scopes.next() { scopeSpans(scopes.value, into: &batch) }
    }
  }

  /// Adds the resource, or finds the equal one before and drops the copied texts again.
  private func add(
    _ object: TapeValue?, _ schemaURL: TapeValue?, to batch: inout SpanBatch
  ) -> UInt32 {
    let arena = batch.arena.count
    let known = batch.resources.count
    var record = ResourceRecord()
    var list: TapeValue?
    if let object {
      var members = TapeFields(object)
      while members.next() {
        switch fields.field(members.key) {
        case .attributes: list = members.value
        case .droppedAttributes: record.droppedAttributes = OTLPNumbers.count(members.value)
        default: break
        }
      }
    }
    if let schemaURL { record.schemaURL = spans.attributes.copy(schemaURL, to: &batch) }
    record.attributes = spans.attributes.append(list, to: &batch)
    let index = batch.intern(record)
    // Equal to an earlier one: no key was new, so all bytes since are copies.
    if batch.resources.count == known { batch.arena.removeLast(batch.arena.count - arena) }
    return index
  }

  private mutating func scopeSpans(_ object: TapeValue, into batch: inout SpanBatch) {
    var scope: TapeValue?
    var schemaURL: TapeValue?
    var list: TapeValue?
    var members = TapeFields(object)
    while members.next() {
      switch fields.field(members.key) {
      case .scope: scope = members.value
      case .schemaURL: schemaURL = members.value
      case .spans: list = members.value
      default: break
      }
    }
    guard let list, list.isArray else { return }
    spans.scope = addScope(scope, schemaURL, to: &batch)
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
    _ object: TapeValue?, _ schemaURL: TapeValue?, to batch: inout SpanBatch
  ) -> UInt32 {
    let arena = batch.arena.count
    let known = batch.scopes.count
    var record = ScopeRecord()
    var list: TapeValue?
    if let object {
      var members = TapeFields(object)
      while members.next() {
        switch fields.field(members.key) {
        case .name: record.name = spans.attributes.copy(members.value, to: &batch)
        case .version: record.version = spans.attributes.copy(members.value, to: &batch)
        case .attributes: list = members.value
        case .droppedAttributes: record.droppedAttributes = OTLPNumbers.count(members.value)
        default: break
        }
      }
    }
    if let schemaURL { record.schemaURL = spans.attributes.copy(schemaURL, to: &batch) }
    record.attributes = spans.attributes.append(list, to: &batch)
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
