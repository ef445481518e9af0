package import QueryLanguage

extension TraceModel {
  /// A model of a trace for paper: every span has its row, nothing is folded.
  package init(printing view: TraceView, columns: [TraceColumn]) {
    self.init()
    self.columns = columns
    folds.foldsRuns = false
    show(view)
    notes = TraceNote.all(view)
    relayout()
  }
}
