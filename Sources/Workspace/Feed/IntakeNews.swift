import Telemetry

/// What the Output list says of things that came in and are not shown: metrics, log records, bad
/// records, resends.
///
/// A line when the first of a kind comes, and another each time there are ten times as many: a
/// kind that comes all day does not push everything else out of the list.
struct IntakeNews: Sendable {
  private var told: [Kind: Int] = [:]
  /// Beginnings of hints that were told: a figure in one grows, its words stay.
  private var hinted: Set<String> = []

  private enum Kind: CaseIterable {
    case metrics, logRecords, unknownSignals, badRecords, duplicates

    func count(in counts: IntakeCounts) -> Int {
      switch self {
      case .metrics: counts.metrics
      case .logRecords: counts.logRecords
      case .unknownSignals: counts.unknownSignals
      case .badRecords: counts.badRecords
      case .duplicates: counts.duplicates
      }
    }

    func line(_ counts: IntakeCounts) -> String {
      let count = count(in: counts)
      let (one, many) =
        switch self {
        case .metrics: ("metric: accepted", "metrics: accepted")
        case .logRecords: ("log record: accepted", "log records: accepted")
        case .unknownSignals: ("message of an unknown signal", "messages of unknown signals")
        case .badRecords: ("record that cannot be read", "records that cannot be read")
        case .duplicates: ("span sent again", "spans sent again")
        }
      let text = "\(count) \(count == 1 ? one : many)"
      switch self {
      case .metrics, .logRecords: return text + ", counted, not kept"
      case .unknownSignals: return text + ": counted, not kept"
      case .duplicates: return text + ": the same content, dropped"
      case .badRecords:
        guard let first = counts.firstBad else { return text }
        return text + "; the first in \(first.source), \(first.position): \(first.reason)"
      }
    }
  }

  /// - Returns: the lines to add to the list.
  mutating func lines(_ counts: IntakeCounts) -> [String] {
    kinds(counts) + hints(counts)
  }

  private mutating func hints(_ counts: IntakeCounts) -> [String] {
    counts.hints.filter { hint in
      hinted.insert(String(hint.drop { $0.isNumber || $0 == "," })).inserted
    }
  }

  private mutating func kinds(_ counts: IntakeCounts) -> [String] {
    Kind.allCases.compactMap { kind in
      let count = kind.count(in: counts)
      guard count > 0, count >= (told[kind] ?? 0) * 10, count != told[kind] else { return nil }
      told[kind] = count
      return kind.line(counts)
    }
  }
}
