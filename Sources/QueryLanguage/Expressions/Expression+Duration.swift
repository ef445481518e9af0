extension Expression {
  /// Whether it yields milliseconds: sums and differences of lengths of time, and multiples of one.
  func isDuration(_ isLength: (Term) -> Bool, isTime: (Term) -> Bool) -> Bool {
    switch self {
    case .term(let term): return isLength(term)
    case .literal(let literal):
      if case .duration = literal { return true }
      return false
    case .call(let function, let arguments):
      let durations = arguments.map { $0.isDuration(isLength, isTime: isTime) }
      switch function {
      case .add, .modulo: return durations == [true, true]
      case .subtract:
        let isBetween = arguments.allSatisfy {
          if case .term(let term) = $0 { isTime(term) } else { false }
        }
        return durations == [true, true] || isBetween
      case .multiply: return durations.filter(\.self).count == 1
      case .divide: return durations == [true, false]
      case .absolute, .round, .ceiling, .floor, .bucket: return durations.first ?? false
      case .firstPresent, .least, .greatest: return durations.allSatisfy(\.self)
      case .choice: return durations.dropFirst().allSatisfy(\.self)
      default: return false
      }
    }
  }
}
