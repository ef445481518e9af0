import QueryLanguage
import Telemetry

/// Why a text is no time range, in words.
struct TimeTextError: Error {
  let reason: String
}

/// A time range as people type it: `14:00 to 14:10`, `2026-03-01T12:00 to now`, `15m`, and whatever
/// the query language takes.
enum TimeText {
  /// A time of day is of the day that is seen.
  static func parse(_ text: String, _ context: Context) throws(TimeTextError) -> TimeClause {
    let zone = context.clock.textZone
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first?.uppercased() else { throw unknown }
    if first == "ALL" || first == "LAST" {
      return try clause(words.joined(separator: " "), zone)
    }
    if words.count == 1, let last = try? clause("LAST \(words[0])", zone) { return last }
    let rest = first == "FROM" ? Array(words.dropFirst()) : words
    let isDash = { (word: String) in ["TO", "-", "–", ".."].contains(word.uppercased()) }
    let parts = rest.split(whereSeparator: isDash)
    guard (1...2).contains(parts.count) else { throw unknown }
    let from = try point(parts[0].joined(separator: "T"), context)
    let to = parts.count == 2 ? try point(parts[1].joined(separator: "T"), context) : .ago(.zero)
    if case (.instant(let start), .instant(let end)) = (from, to), start >= end {
      throw TimeTextError(reason: "the end is not after the start")
    }
    return .range(from: from, to: to)
  }

  private static let unknown = TimeTextError(
    reason: "a time range is 14:00 to 14:10, 2026-03-01T12:00 to now, LAST 15m or ALL")

  private static func clause(
    _ text: String, _ zone: ZoneOffsets
  ) throws(TimeTextError) -> TimeClause {
    do throws(QueryError) {
      var query = Query()
      try query.set(.time, to: text, zone: zone)
      guard let time = query.time, query.every == nil else { throw QueryError("") }
      return time
    } catch {
      throw error.message.isEmpty ? unknown : TimeTextError(reason: error.message)
    }
  }

  private static func point(
    _ typed: String, _ context: Context
  ) throws(TimeTextError) -> TimePoint {
    let text = typed.filter { $0 != "\"" }
    let zone = context.clock.textZone
    if text.prefix(while: \.isNumber).count <= 2, text.contains(":"), text.first != "-" {
      let day = context.clock.civil(context.seenRange?.start ?? context.now).date
      let clock = text.prefix { $0 != ":" }.count == 1 ? "0" + text : text
      if let instant = InstantText.parse("\(day)T\(clock)", zone) { return .instant(instant) }
    }
    if let instant = InstantText.parse(text, zone) { return .instant(instant) }
    guard case .range(let point, _) = try? clause("FROM \(text)", zone) else {
      throw TimeTextError(reason: "'\(typed)' is no time: 14:00, 2026-03-01T12:00, -15m or now")
    }
    return point
  }
}
