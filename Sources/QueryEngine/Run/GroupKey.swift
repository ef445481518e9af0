import QueryLanguage

/// A term of ORDER BY, with what it says of every group.
enum GroupKey: Sendable {
  /// Ascending whatever the direction was; groups without a value have the largest.
  case numbers([Int64])
  case values([ResultValue], Ordering.Direction)
  /// A field of GROUP BY by its position.
  case field(Int, Ordering.Direction)

  /// Numbers of one type are compared as integers, which is most of the cost of many groups.
  init(_ values: [ResultValue], _ direction: Ordering.Direction) {
    guard let numbers = Self.integers(values) ?? Self.doubles(values) else {
      self = .values(values, direction)
      return
    }
    self.init(numbers: numbers, direction)
  }

  /// - Parameter numbers: in the order of the values; nil: no value.
  init(numbers: [Int64?], _ direction: Ordering.Direction) {
    // The complement reverses the order of all integers.
    let keys = direction == .ascending ? numbers : numbers.map { $0.map { ~$0 } }
    self = .numbers(OrderKeys.missingLast(keys))
  }

  private static func integers(_ values: [ResultValue]) -> [Int64?]? {
    var all: [Int64?] = []
    all.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .integer(let number): all.append(number)
      case .missing: all.append(nil)
      default: return nil
      }
    }
    return all
  }

  private static func doubles(_ values: [ResultValue]) -> [Int64?]? {
    var all: [Int64?] = []
    all.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .double(let number) where !number.isNaN: all.append(OrderedDouble.key(number))
      case .missing: all.append(nil)
      default: return nil
      }
    }
    return all
  }

  func order(_ a: Int, _ b: Int, _ merge: GroupMerge) -> Int {
    switch self {
    case .numbers(let keys): return keys[a] == keys[b] ? 0 : keys[a] < keys[b] ? -1 : 1
    case .values(let values, let direction):
      return ResultOrder.order(values[a], values[b], direction)
    case .field(let field, let direction):
      let order = merge.order(a, b, byField: field)
      let isLast = merge.isMissing(a, field: field) || merge.isMissing(b, field: field)
      return direction == .ascending || isLast ? order : -order
    }
  }
}

/// Integers to sort by.
enum OrderKeys {
  /// The keys with the largest integer where there is none, for which only then stands no other.
  ///
  /// - Complexity: O(*n*); O(*n* log *n*) when the largest integer is among the keys.
  static func missingLast(_ keys: [Int64?]) -> [Int64] {
    guard keys.contains(nil), keys.contains(.max) else { return keys.map { $0 ?? .max } }
    let ranks = ranks(keys.compactMap(\.self))
    return keys.map { $0.flatMap { ranks[$0] } ?? .max }
  }

  /// The position of each key among the different ones.
  static func ranks(_ keys: [Int64]) -> [Int64: Int64] {
    let sorted = Set(keys).sorted()
    return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int64($0)) })
  }
}

extension [Int] {
  /// The first `limit` in an order, sorted.
  ///
  /// - Complexity: one comparison for most elements when `limit` is small.
  func first(_ limit: Int, by comesBefore: (Int, Int) throws -> Bool) rethrows -> [Int] {
    guard limit < count / 8 else { return Array(try sorted(by: comesBefore).prefix(limit)) }
    guard limit > 0 else { return [] }
    var best: [Int] = []
    for element in self {
      if best.count == limit, !(try comesBefore(element, best[limit - 1])) { continue }
      var (low, high) = (0, best.count)
      while low < high {
        let middle = (low + high) / 2
        if try comesBefore(element, best[middle]) { high = middle } else { low = middle + 1 }
      }
      if best.count == limit { best.removeLast() }
      best.insert(element, at: low)
    }
    return best
  }
}
