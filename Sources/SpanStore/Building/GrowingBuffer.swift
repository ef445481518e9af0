/// Memory that grows at its end, without the checks of an array.
///
/// For loops that run once an attribute: an append is a comparison and a store. It is never copied,
/// so it frees its memory when its owner goes.
struct GrowingBuffer<Element: ~Copyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 0) {
    self.capacity = capacity
    base = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  mutating func append(_ element: consuming Element) {
    if count == capacity { reserve(count + 1) }
    (base + count).initialize(to: element)
    count &+= 1
  }

  /// Makes room for `wanted` elements in all; at least doubles, so that appending stays O(1).
  @inline(never)
  mutating func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2, 16)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}

extension GrowingBuffer where Element: BitwiseCopyable {
  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    append(repeating: element, count: count)
  }

  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  /// An array of just the size.
  func array() -> [Element] { Array(elements) }

  mutating func append(repeating element: Element, count more: Int) {
    reserve(count + more)
    (base + count).initialize(repeating: element, count: more)
    count += more
  }

  @inline(__always)
  mutating func append(_ more: UnsafeBufferPointer<Element>) {
    guard let start = more.baseAddress else { return }
    if count &+ more.count > capacity { reserve(count + more.count) }
    (base + count).update(from: start, count: more.count)
    count &+= more.count
  }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return base[count]
  }

  /// Empties it and fills it with `count` equal elements.
  @inline(__always)
  mutating func reset(repeating element: Element, count: Int) {
    self.count = 0
    append(repeating: element, count: count)
  }

  /// Has `count` elements afterwards, which may be anything.
  mutating func reset(count: Int) {
    reserve(count)
    self.count = count
  }
}
