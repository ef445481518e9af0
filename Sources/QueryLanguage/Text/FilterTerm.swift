/// A condition as it is read: with a relation's prefix it waits for others with the same.
struct FilterTerm {
  private var terms: [Filter]
  private let prefix: RelationPrefix?

  init(_ filter: Filter, behind prefix: RelationPrefix? = nil) {
    (terms, self.prefix) = ([filter], prefix)
  }

  /// Terms with one prefix that AND joins are about one span.
  init(joining join: Parser.Join<FilterTerm>) {
    switch join {
    case .and(let terms):
      var merged: [FilterTerm] = []
      for term in terms {
        let known = term.prefix.flatMap { prefix in merged.firstIndex { $0.prefix == prefix } }
        if let known { merged[known].terms += term.terms } else { merged.append(term) }
      }
      self.init(merged.count == 1 ? merged[0].filter : .and(merged.map(\.filter)))
    case .or(let terms): self.init(.or(terms.map(\.filter)))
    case .not(let term): self.init(.not(term.filter))
    }
  }

  var filter: Filter {
    let all = terms.count == 1 ? terms[0] : .and(terms)
    return prefix.map { .related($0.relation, all) } ?? all
  }
}
