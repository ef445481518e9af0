package import Telemetry

/// What is different about some spans, beside others?
package struct CompareRequest: Hashable, Sendable {
  /// What is counted on either side.
  package enum Unit: Hashable, Sendable {
    case spans
    /// A trace is selected when some span of it matches the selection, and of the baseline when some
    /// span matches that and none is selected. It has a value when any of its spans has it; of
    /// numbers it has the largest.
    case traces
  }

  /// What the selection is held against. What is in both is of the selection.
  package enum Baseline: Hashable, Sendable {
    /// Every other span of the selection's time range.
    case others
    /// The others whose span name occurs among the selected ones; of traces, the name of the root.
    case alike
    /// What matches the selection's filter in the time just before, as long as the selection's.
    case before
    /// A filter, over the time range of its own or else the selection's.
    case choice(SpanChoice)
  }

  package var selection: SpanChoice
  package var baseline: Baseline
  package var unit: Unit
  /// What `LAST` and `-15m` count back from; nil is the newest start.
  package var now: UnixNanos?
  /// What no time clause means.
  package var defaultTime = TimeClause.all
  /// The fields compared; empty: every one.
  package var fields: [FieldRef] = []

  package init(
    _ selection: SpanChoice, _ baseline: Baseline = .others, by unit: Unit = .spans
  ) {
    (self.selection, self.baseline, self.unit) = (selection, baseline, unit)
  }
}
