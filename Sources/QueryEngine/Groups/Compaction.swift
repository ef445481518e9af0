/// Rows numbered by pairs of codes: pairs that occur get the numbers 0, 1, 2 … in the order of
/// their first code, then their second.
struct Compaction {
  /// One for each row.
  private(set) var numbers: [UInt32]
  /// The first and the second code of each number.
  private(set) var majors: [UInt32] = []
  private(set) var minors: [UInt32] = []
  /// A row with each number, and how many there are.
  private(set) var samples: [UInt32] = []
  private(set) var counts: [UInt32] = []

  var count: Int { majors.count }

  /// By codes that are first · `minorLimit` + second, through a table of all pairs.
  ///
  /// - Complexity: O(rows + majorLimit · minorLimit).
  init(joined pairs: consuming [UInt32], _ majorLimit: Int, _ minorLimit: Int) {
    numbers = []
    guard !pairs.isEmpty else { return }
    direct(pairs, majorLimit, minorLimit)
  }

  /// All different by their first codes, which are the rows' numbers.
  ///
  /// - Parameter minors: second codes; empty for 0.
  init(distinct count: Int, _ minors: [UInt32]) {
    numbers = [UInt32](unsafeUninitializedCapacity: count) { target, initialized in
      for row in 0..<count { target[row] = UInt32(truncatingIfNeeded: row) }
      initialized = count
    }
    majors = numbers
    samples = numbers
    self.minors = minors.isEmpty ? [UInt32](repeating: 0, count: count) : minors
    counts = [UInt32](repeating: 1, count: count)
  }

  /// By pairs that are too many for a table.
  ///
  /// - Complexity: O(rows + majorLimit + minorLimit).
  init(_ major: [UInt32], below majorLimit: Int, _ minor: [UInt32], below minorLimit: Int) {
    numbers = []
    guard !minor.isEmpty else { return }
    sorted(major, majorLimit, minor, minorLimit)
  }

  /// Notes a row for each pair in a table of all pairs, then numbers those that have one.
  private mutating func direct(
    _ pairs: consuming [UInt32], _ majorLimit: Int, _ minorLimit: Int
  ) {
    var pairs = pairs
    let rows = pairs.count
    var table = [UInt32](repeating: 0, count: majorLimit * minorLimit)
    pairs.withUnsafeMutableBufferPointer { pairs in
      table.withUnsafeMutableBufferPointer { table in
        for row in 0..<rows { table[Int(pairs[row])] = UInt32(truncatingIfNeeded: row &+ 1) }
        number(&table, majorLimit, minorLimit)
        counts.withUnsafeMutableBufferPointer { counts in
          Self.count(pairs, table, counts)
        }
      }
    }
    numbers = pairs
  }

  /// Replaces pairs by their numbers and counts these.
  ///
  /// Rows beside each other are often of one pair, and a counter cannot be written and read again at
  /// once: few pairs have four counters each, which take turns.
  private static func count(
    _ pairs: UnsafeMutableBufferPointer<UInt32>, _ numbers: UnsafeMutableBufferPointer<UInt32>,
    _ counts: UnsafeMutableBufferPointer<UInt32>
  ) {
    var row = 0
    if counts.count <= 4_096, pairs.count > 4_096 {
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: counts.count * 4) { lanes in
        lanes.initialize(repeating: 0)
        while row &+ 4 <= pairs.count {
          for lane in 0..<4 {
            let number = numbers[Int(pairs[row &+ lane])]
            pairs[row &+ lane] = number
            lanes[Int(number) &* 4 &+ lane] &+= 1
          }
          row &+= 4
        }
        for number in counts.indices {
          let first = number &* 4
          counts[number] =
            lanes[first] &+ lanes[first &+ 1] &+ lanes[first &+ 2] &+ lanes[first &+ 3]
        }
      }
    }
    while row < pairs.count {
      let number = numbers[Int(pairs[row])]
      pairs[row] = number
      counts[Int(number)] &+= 1
      row &+= 1
    }
  }

  /// Replaces the row of each pair that has one by the pair's number.
  private mutating func number(
    _ table: inout UnsafeMutableBufferPointer<UInt32>, _ majorLimit: Int, _ minorLimit: Int
  ) {
    var next: UInt32 = 0
    for major in 0..<majorLimit {
      for minor in 0..<minorLimit {
        let pair = major &* minorLimit &+ minor
        guard table[pair] != 0 else { continue }
        samples.append(table[pair] &- 1)
        table[pair] = next
        next &+= 1
        majors.append(UInt32(truncatingIfNeeded: major))
        minors.append(UInt32(truncatingIfNeeded: minor))
      }
    }
    counts = [UInt32](repeating: 0, count: Int(next))
  }

  /// Sorts the rows by second code, then by first, and numbers the runs.
  private mutating func sorted(
    _ major: [UInt32], _ majorLimit: Int, _ minor: [UInt32], _ minorLimit: Int
  ) {
    numbers = [UInt32](repeating: 0, count: minor.count)
    let byMinor = Self.order(nil, minor, below: minorLimit)
    let order = Self.order(byMinor, major, below: majorLimit)
    var last: (UInt32, UInt32)?
    for row in order {
      let pair = (major[Int(row)], minor[Int(row)])
      if last.map({ $0 != pair }) ?? true {
        majors.append(pair.0)
        minors.append(pair.1)
        samples.append(row)
        counts.append(0)
        last = pair
      }
      numbers[Int(row)] = UInt32(truncatingIfNeeded: majors.count - 1)
      counts[majors.count - 1] += 1
    }
  }

  /// A stable counting sort of `rows` (nil: all in order) by code.
  private static func order(_ rows: [UInt32]?, _ codes: [UInt32], below limit: Int) -> [UInt32] {
    var starts = starts(codes, below: limit)
    var order = [UInt32](repeating: 0, count: codes.count)
    for index in codes.indices {
      let row = rows?[index] ?? UInt32(truncatingIfNeeded: index)
      let code = Int(codes[Int(row)])
      order[Int(starts[code])] = row
      starts[code] &+= 1
    }
    return order
  }

  /// Where each of some runs begins, given their lengths; one more than there are runs.
  static func starts(lengths: [UInt32]) -> [UInt32] {
    var sum: UInt32 = 0
    return [0]
      + lengths.map { length in
        sum += length
        return sum
      }
  }

  /// Where the rows of each code begin when rows are sorted by code; one more than there are codes.
  static func starts(_ codes: [UInt32], below limit: Int) -> [UInt32] {
    var starts = [UInt32](repeating: 0, count: limit + 1)
    starts.withUnsafeMutableBufferPointer { starts in
      codes.withUnsafeBufferPointer { codes in
        for code in codes { starts[Int(code) &+ 1] &+= 1 }
      }
      for code in 0..<limit { starts[code &+ 1] &+= starts[code] }
    }
    return starts
  }
}
