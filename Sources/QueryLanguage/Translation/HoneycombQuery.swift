import Telemetry

extension Tongue {
  /// The JSON of Honeycomb's query API.
  static let honeycomb = Tongue(
    name: "Honeycomb query JSON",
    example: #"{"calculations":[{"op":"P99","column":"duration_ms"}],"breakdowns":["name"]}"#,
    recognises: { text in
      let start = text.utf8.filter { $0 > 0x20 }.prefix(2)
      return start.elementsEqual([0x7B, 0x22])
        && ["calculations", "filters", "breakdowns"].contains { text.contains("\"\($0)\"") }
    }
  ) { text throws(QueryError) in
    guard case .map(let members)? = ValueJSON.parse(text.utf8) else {
      throw QueryError("the JSON cannot be read", at: 0..<text.utf8.count)
    }
    var reader = HoneycombReader(text: Array(text.utf8))
    return try reader.translation(members)
  }
}

/// Reads a query specification member by member.
struct HoneycombReader {
  typealias Entries = [AttributeValue.Entry]

  let text: [UInt8]
  private var query = Query()
  private var remarks: [String] = []

  init(text: [UInt8]) { self.text = text }

  mutating func translation(_ members: Entries) throws(QueryError) -> Translation {
    for member in members { try take(member, members) }
    // The API counts where no calculation is asked for.
    if query.visualize.isEmpty { query.visualize = [.count] }
    query.time = try time(members)
    return Translation(query, remarks: remarks)
  }

  private mutating func take(
    _ member: AttributeValue.Entry, _ members: Entries
  ) throws(QueryError) {
    switch member.key {
    case "calculations":
      for entry in try maps(member) { query.visualize.append(try calculation(entry)) }
    case "filters":
      var terms: [FilterTerm] = []
      for entry in try maps(member) { terms.append(try filter(entry)) }
      query.filter = try joined(terms, members)
    case "breakdowns":
      guard case .array(let names) = member.value else { throw wrong(member, "an array") }
      for name in names {
        guard case .text(let name) = name else { throw wrong(member, "an array of names") }
        if RelationPrefix.of(name) != nil { throw without("grouping by '\(name)'", name) }
        query.groupBy.append(FieldRef(word: name))
      }
    case "orders":
      for entry in try maps(member) { query.orderBy.append(try order(entry)) }
    case "havings":
      var terms: [Having] = []
      for entry in try maps(member) { terms.append(try having(entry)) }
      query.having = terms.count > 1 ? .and(terms) : terms.first
    case "limit":
      guard let limit = try whole(member), limit > 0 else { break }
      query.limit = limit
    case "granularity":
      guard let seconds = try whole(member), seconds > 0 else { break }
      query.every = Self.length(seconds)
    case "filter_combination", "time_range", "start_time", "end_time": break
    case "usage_mode", "dataset", "query_id", "id":
      remarks.append("\(member.key) is left out")
    default:
      if case .array(let list) = member.value, list.isEmpty { break }
      if case .empty = member.value { break }
      throw without("'\(member.key)'", member.key)
    }
  }

  private func calculation(_ entry: Entries) throws(QueryError) -> Calculation {
    try only(entry, ["op", "column", "name", "filters", "filter_combination"])
    let found = try self.kind(entry, "op")
    var terms: [FilterTerm] = []
    if let member = entry.first(where: { $0.key == "filters" }) {
      for entry in try maps(member) { terms.append(try filter(entry)) }
    }
    let filter = try joined(terms, entry)
    guard var calculation = found.kind.over(try column(entry, found.kind), where: filter) else {
      throw QueryError("\(found.word) needs a column", at: range(of: found.word))
    }
    if let name = text("name", in: entry), !name.isEmpty { calculation.name = name }
    return calculation
  }

  /// The field of a calculation; COUNT minds none.
  private func column(
    _ entry: Entries, _ kind: CalculationKind
  ) throws(QueryError) -> FieldRef? {
    guard kind.takesField, let name = text("column", in: entry) else { return nil }
    if RelationPrefix.of(name) != nil { throw without("a calculation over '\(name)'", name) }
    return FieldRef(word: name)
  }

  private func kind(
    _ entry: Entries, _ key: String
  ) throws(QueryError) -> (kind: CalculationKind, word: String) {
    guard let word = text(key, in: entry) else {
      throw QueryError("a calculation needs '\(key)'", at: range(of: key))
    }
    guard let kind = CalculationKind(word: word) else { throw without("'\(word)'", word) }
    return (kind, word)
  }

  private func filter(_ entry: Entries) throws(QueryError) -> FilterTerm {
    try only(entry, ["column", "op", "value"])
    guard let op = text("op", in: entry) else {
      throw QueryError("a filter needs 'op'", at: range(of: "filters"))
    }
    if op == "search", case .text(let phrase)? = value("value", in: entry) {
      return FilterTerm(.phrase(phrase))
    }
    guard let found = FilterOperator.bySpelling[op] ?? FilterOperator.bySymbol[op] else {
      throw without("the operator '\(op)'", op)
    }
    guard var name = text("column", in: entry) else {
      throw QueryError("a filter needs 'column'", at: range(of: op))
    }
    let prefix = RelationPrefix.of(name)
    if let prefix { name.removeFirst(prefix.text.count) }
    let operand = try operand(of: found, value("value", in: entry), op)
    return FilterTerm(.test(FieldRef(word: name), found, operand), behind: prefix)
  }

  private func operand(
    of op: FilterOperator, _ value: AttributeValue?, _ word: String
  ) throws(QueryError) -> FilterOperand {
    if op.operand == .nothing { return .nothing }
    let value = value ?? .empty
    if op.operand == .list {
      var values: [AttributeValue] = [value]
      if case .array(let all) = value { values = all }
      let literals = values.compactMap(Self.literal)
      guard !literals.isEmpty, literals.count == values.count else {
        throw QueryError("'\(word)' needs a list of values", at: range(of: word))
      }
      return .list(literals)
    }
    guard let literal = Self.literal(value) else {
      throw QueryError("'\(word)' needs a value", at: range(of: word))
    }
    guard op.operand == .text else { return .value(literal) }
    if case .text(let text) = literal { return .text(text) }
    return .text(literal.text)
  }

  static func literal(_ value: AttributeValue) -> Literal? {
    switch value {
    case .text(let text): .text(text)
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .empty, .bytes, .array, .map: nil
    }
  }

  private func joined(
    _ terms: [FilterTerm], _ members: Entries
  ) throws(QueryError) -> Filter? {
    guard terms.count > 1 else { return terms.first?.filter }
    switch text("filter_combination", in: members)?.uppercased() ?? "AND" {
    case "AND": return FilterTerm(joining: .and(terms)).filter
    case "OR": return FilterTerm(joining: .or(terms)).filter
    case let other: throw without("'\(other)'", other)
    }
  }

  private func order(_ entry: Entries) throws(QueryError) -> Ordering {
    try only(entry, ["op", "column", "order"])
    let word = text("order", in: entry) ?? "ascending"
    guard ["ascending", "descending"].contains(word) else { throw without("'\(word)'", word) }
    let direction: Ordering.Direction = word == "descending" ? .descending : .ascending
    guard text("op", in: entry) != nil else {
      guard let name = text("column", in: entry) else {
        throw QueryError("an order needs 'op' or 'column'", at: range(of: "orders"))
      }
      return Ordering(.field(FieldRef(word: name)), direction)
    }
    let found = try kind(entry, "op")
    guard let calculation = found.kind.over(try column(entry, found.kind)) else {
      throw QueryError("\(found.word) needs a column", at: range(of: found.word))
    }
    return Ordering(.calculation(calculation), direction)
  }

  private func having(_ entry: Entries) throws(QueryError) -> Having {
    try only(entry, ["calculate_op", "column", "op", "value"])
    let found = try kind(entry, "calculate_op")
    guard let calculation = found.kind.over(try column(entry, found.kind)) else {
      throw QueryError("\(found.word) needs a column", at: range(of: found.word))
    }
    let op = text("op", in: entry) ?? ""
    guard let comparison = Comparison(rawValue: op) else {
      throw without("'\(op)' in havings", op)
    }
    guard let literal = value("value", in: entry).flatMap(Self.literal), literal.number != nil
    else { throw QueryError("a having needs a number", at: range(of: "havings")) }
    return .compare(calculation, comparison, literal)
  }

  // MARK: Time

  private func time(_ members: Entries) throws(QueryError) -> TimeClause? {
    var found: [String: Int] = [:]
    for member in members where ["time_range", "start_time", "end_time"].contains(member.key) {
      if let seconds = try whole(member) { found[member.key] = max(0, seconds) }
    }
    func instant(_ seconds: Int) -> TimePoint {
      .instant(UnixNanos(UInt64(min(seconds, 9_000_000_000)) * 1_000_000_000))
    }
    switch (found["start_time"], found["end_time"], found["time_range"]) {
    case (nil, nil, let length?): return .last(Self.length(length))
    case (let start?, nil, let length?):
      return .range(from: instant(start), to: instant(start &+ length))
    case (nil, let end?, let length?):
      return .range(from: instant(max(0, end - length)), to: instant(end))
    case (let start?, let end?, nil): return .range(from: instant(start), to: instant(end))
    case (let start?, nil, nil): return .range(from: instant(start), to: .ago(.zero))
    case (nil, nil, nil): return nil
    case (nil, _?, nil):
      throw without("'end_time' alone", "end_time")
    case (_?, _?, _?):
      throw QueryError(
        "start_time, end_time and time_range exclude each other", at: range(of: "time_range"))
    }
  }

  private static func length(_ seconds: Int) -> Nanoseconds {
    Nanoseconds(Int64(min(seconds, 9_000_000_000)) * 1_000_000_000)
  }

  // MARK: Members

  private func value(_ key: String, in entry: Entries) -> AttributeValue? {
    entry.first { $0.key == key }?.value
  }

  private func text(_ key: String, in entry: Entries) -> String? {
    if case .text(let text)? = value(key, in: entry) { text } else { nil }
  }

  private func maps(_ member: AttributeValue.Entry) throws(QueryError) -> [Entries] {
    if case .empty = member.value { return [] }
    guard case .array(let all) = member.value else { throw wrong(member, "an array") }
    var maps: [Entries] = []
    for value in all {
      guard case .map(let entries) = value else { throw wrong(member, "an array of objects") }
      maps.append(entries)
    }
    return maps
  }

  private func whole(_ member: AttributeValue.Entry) throws(QueryError) -> Int? {
    switch member.value {
    case .empty: return nil
    case .integer(let value): return Int(value)
    case .double(let value):
      if let whole = Int(exactly: value) { return whole }
      throw wrong(member, "a whole number")
    default: throw wrong(member, "a whole number")
    }
  }

  private func only(_ entry: Entries, _ keys: Set<String>) throws(QueryError) {
    for member in entry where !keys.contains(member.key) {
      throw without("'\(member.key)'", member.key)
    }
  }

  private func wrong(_ member: AttributeValue.Entry, _ what: String) -> QueryError {
    QueryError("'\(member.key)' must be \(what)", at: range(of: member.key))
  }

  private func without(_ what: String, _ word: String) -> QueryError {
    QueryError("\(what) has no counterpart", at: range(of: word))
  }

  /// Where a word first stands in quotes.
  private func range(of word: String) -> Range<Int> {
    let wanted = Array(ValueJSON.text(.text(word)).utf8)
    guard wanted.count <= text.count else { return 0..<0 }
    for start in 0...(text.count - wanted.count)
    where text[start..<start + wanted.count].elementsEqual(wanted) {
      return start..<start + wanted.count
    }
    return 0..<0
  }
}
