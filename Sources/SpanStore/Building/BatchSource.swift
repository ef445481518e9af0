import Telemetry

/// One batch that a segment is built from, open for reading without checks.
///
/// The pointers lead into the arrays of `batch`, which is kept with them and never changed: arrays
/// move their elements only when they are written to.
struct BatchSource: ~Copyable {
  let batch: SpanBatch
  let spans: UnsafePointer<SpanRecord>
  let attributes: UnsafePointer<AttributeRecord>
  let arena: UnsafeBufferPointer<UInt8>
  /// Column of each attribute key; -1: not looked up yet.
  var columnOfKey: GrowingBuffer<Int32>
  /// Position in the segment's side table of each resource and scope; -1: not copied yet.
  var resources: GrowingBuffer<Int32>
  var scopes: GrowingBuffer<Int32>
  var copier: BatchCopier

  init(_ batch: SpanBatch) {
    self.batch = batch
    spans = batch.spans.withUnsafeBufferPointer { Self.start($0) }
    attributes = batch.attributes.withUnsafeBufferPointer { Self.start($0) }
    arena = batch.arena.withUnsafeBufferPointer {
      UnsafeBufferPointer(start: Self.start($0), count: $0.count)
    }
    columnOfKey = GrowingBuffer(repeating: -1, count: batch.keys.count)
    resources = GrowingBuffer(repeating: -1, count: batch.resources.count)
    scopes = GrowingBuffer(repeating: -1, count: batch.scopes.count)
    copier = BatchCopier(keyCount: batch.keys.count)
  }

  /// An empty array may have no address; nothing is read from what stands in for it.
  private static func start<Element>(_ buffer: UnsafeBufferPointer<Element>) -> UnsafePointer<
    Element
  > {
    if let base = buffer.baseAddress { return base }
    return UnsafePointer(nowhere.assumingMemoryBound(to: Element.self))
  }

  nonisolated(unsafe) private static let nowhere = UnsafeMutableRawPointer.allocate(
    byteCount: 1, alignment: 16)

  @inline(__always)
  func bytes(_ range: ByteRange) -> UnsafeBufferPointer<UInt8> {
    arena.stretch(UInt64(range.offset), range.length)
  }
}

/// The batches of a build by their number; each is opened when its first row is added.
struct BatchSources: ~Copyable {
  private let batches: [SpanBatch]
  private(set) var opened = GrowingBuffer<BatchSource>()
  private var indices: GrowingBuffer<Int32>

  init(_ batches: [SpanBatch]) {
    self.batches = batches
    indices = GrowingBuffer(repeating: -1, count: batches.count)
  }

  /// Where a batch is in `opened`.
  @inline(__always)
  mutating func index(_ batch: Int32) -> Int32 {
    let index = indices.base[Int(batch)]
    return index >= 0 ? index : open(batch)
  }

  @inline(never)
  private mutating func open(_ batch: Int32) -> Int32 {
    let index = Int32(opened.count)
    opened.append(BatchSource(batches[Int(batch)]))
    indices.base[Int(batch)] = index
    return index
  }

  @inline(__always)
  func span(_ ref: RowRef) -> UnsafePointer<SpanRecord> {
    opened.base[Int(ref.batch)].spans + Int(ref.row)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Some of the bytes; nothing checks that they are there.
  @inline(__always)
  func stretch(_ offset: UInt64, _ length: UInt32) -> Self {
    guard let baseAddress else { return Self(start: nil, count: 0) }
    return Self(
      start: baseAddress + Int(truncatingIfNeeded: offset), count: Int(truncatingIfNeeded: length))
  }
}
