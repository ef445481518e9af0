import SpanStore

/// Finds the texts of a dictionary that hold a part, in one scan of all their bytes.
struct DictionarySearch {
  typealias Text = UnsafeBufferPointer<UInt8>

  private let part: [UInt8]
  private let ignoresCase: Bool
  private let passes: ((Text) -> Bool)?

  /// Nil for the empty part, which is in every text.
  ///
  /// - Parameters:
  ///   - part: of ASCII in lower case when case is ignored.
  ///   - passes: what a text with the part must pass as well.
  init?(_ part: [UInt8], ignoresCase: Bool, then passes: ((Text) -> Bool)? = nil) {
    guard !part.isEmpty else { return nil }
    (self.part, self.ignoresCase, self.passes) = (part, ignoresCase, passes)
  }

  /// 1 for each text that holds the part and passes.
  ///
  /// - Complexity: O(bytes), 16 at a time where the part's first and last bytes are not in place.
  func entries(of texts: TextDictionary) throws -> [UInt8] {
    var found = [UInt8](repeating: 0, count: texts.count)
    try texts.bytes.withUnsafeBufferPointer { bytes in
      try texts.offsets.withUnsafeBufferPointer { offsets in
        var code = 0
        var index = 0
        var asked = 0
        while let hit = try next(bytes, from: index) {
          // Candidates may take long to look at, and scans between them ask by themselves.
          asked += 64 + hit - index
          if asked >= Cancellation.textStride {
            try Cancellation.check()
            asked = 0
          }
          while Int(offsets[code &+ 1]) <= hit { code &+= 1 }
          let end = Int(offsets[code &+ 1])
          if hit &+ part.count <= end {
            let text = Text(rebasing: bytes[Int(offsets[code])..<end])
            found[code] = passes?(text) ?? true ? 1 : 0
            index = end
          } else {
            // It lies across two texts.
            index = hit &+ 1
          }
        }
      }
    }
    return found
  }

  /// The first offset at or after `start` where the part is.
  private func next(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) throws -> Int? {
    let last = part.count - 1
    let (firstFold, lastFold) = (fold(part[0]), fold(part[last]))
    let first = SIMD16(repeating: part[0])
    let final = SIMD16(repeating: part[last])
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    var look = start &+ Cancellation.textStride
    while index &+ last &+ 16 <= bytes.count {
      if index >= look {
        try Cancellation.check()
        look = index &+ Cancellation.textStride
      }
      let head = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) | firstFold
      let tail = raw.loadUnaligned(fromByteOffset: index &+ last, as: SIMD16<UInt8>.self) | lastFold
      let hits = (head .== first) .& (tail .== final)
      if any(hits) {
        for lane in 0..<16 where hits[lane] && isHere(bytes, index &+ lane) {
          return index &+ lane
        }
      }
      index &+= 16
    }
    while index &+ last < bytes.count {
      if isHere(bytes, index) { return index }
      index &+= 1
    }
    return nil
  }

  /// What makes a letter lower-case, and nothing for other bytes.
  private func fold(_ byte: UInt8) -> SIMD16<UInt8> {
    SIMD16(repeating: ignoresCase && byte &- UInt8(ascii: "a") < 26 ? 0x20 : 0)
  }

  @inline(__always)
  private func isHere(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    for index in part.indices {
      var byte = bytes[position &+ index]
      if ignoresCase, byte &- UInt8(ascii: "A") < 26 { byte |= 0x20 }
      if byte != part[index] { return false }
    }
    return true
  }
}
