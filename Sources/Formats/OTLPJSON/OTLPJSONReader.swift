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
    guard isOTLP(root) else { return nil }
    var reader = OTLPJSONReader(arenaLimit: batch.arena.count + 8 * bytes + 1 << 16)
    reader.document(root, 0, into: &batch)
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
      switch fields.field(members.key) {
      case .resourceSpans, .resourceLogs, .resourceMetrics, .resourceProfiles, .batches:
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
