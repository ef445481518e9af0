import Explorer

extension Context {
  /// What is said where only the time range leaves a list or a graph empty.
  ///
  /// - Parameter outside: how many there are outside of it; nil where they were not counted.
  func nothing(_ what: String, outside: Int? = nil) -> [String] {
    let others = outside.map { Figures.plural($0, what) } ?? "there are \(what)s"
    return [
      "no \(what) in this time range, \(HeaderView.rangeText(self))", "",
      "\(others) outside of it: 0 shows \(outside == 1 ? "it" : "them"), t chooses another range",
    ]
  }
}
