import QueryLanguage
import Telemetry
import Testing

/// Every clause but WHERE, and every calculation.
@Suite struct ClauseTests {
  @Test(
    "every calculation reads and prints",
    arguments: [
      ("COUNT", "COUNT"), ("count()", "COUNT"), ("COUNT(*)", "COUNT"),
      ("CONCURRENCY", "CONCURRENCY"),
      ("count_distinct(user.id)", "COUNT_DISTINCT(user.id)"),
      ("COUNT(DISTINCT user.id)", "COUNT_DISTINCT(user.id)"), ("sum(a)", "SUM(a)"),
      ("AVG(a)", "AVG(a)"),
      ("Min(a)", "MIN(a)"), ("MAX(a)", "MAX(a)"), ("heatmap(duration_ms)", "HEATMAP(duration_ms)"),
      ("rate_avg(a)", "RATE_AVG(a)"), ("RATE_SUM(a)", "RATE_SUM(a)"),
      ("RATE_MAX(a)", "RATE_MAX(a)"),
      ("p50(a)", "P50(a)"), ("P1(a)", "P1(a)"), ("P01(a)", "P1(a)"), ("P05(a)", "P5(a)"),
      ("P001(a)", "P0.1(a)"), ("P999(a)", "P99.9(a)"), ("P99.9(a)", "P99.9(a)"),
      ("P9999(a)", "P99.99(a)"),
      ("P99.999(a)", "P99.999(a)"), ("P0.001(a)", "P0.001(a)"),
      ("P95(root.`odd name`)", "P95(root.`odd name`)"),
    ])
  func calculation(_ text: String, _ canonical: String) throws {
    let calculation = try QueryText.parseCalculation(text)
    #expect(calculation.text == canonical)
    #expect(try QueryText.parseCalculation(canonical) == calculation)
  }

  @Test("clauses print in the order of the language, whatever order they came in")
  func order() throws {
    let query = try QueryText.parse(
      "every 5s last 10m limit 7 order by count having count>20 group by a where b select count")
    #expect(
      QueryText.print(query)
        == "VISUALIZE COUNT WHERE b GROUP BY a HAVING COUNT > 20 ORDER BY COUNT DESC LIMIT 7 "
        + "LAST 10m EVERY 5s")
  }

  @Test("no text is the query for raw rows")
  func empty() throws {
    #expect(try QueryText.parse(" \n") == Query())
    #expect(QueryText.print(Query()).isEmpty)
    #expect(try QueryText.parse("WHERE error").isRaw)
    #expect(try QueryText.parse("GROUP BY name").calculations == [.count])
  }

  @Test(
    "times",
    arguments: [
      ("ALL", TimeClause.all, "ALL"), ("LAST 90s", .last(.seconds(90)), "LAST 90s"),
      ("last 1h", .last(.minutes(60)), "LAST 1h"),
      ("FROM -15m TO now", .range(from: .ago(.minutes(15)), to: .ago(.zero)), "FROM -15m TO now"),
      ("FROM -15m", .range(from: .ago(.minutes(15)), to: .ago(.zero)), "FROM -15m TO now"),
      // Instants from `date -u -d … +%s`.
      (
        "FROM 2026-03-01 TO 2026-03-01T12:00:00.25+01:00",
        .range(
          from: .instant(UnixNanos(1_772_323_200_000_000_000)),
          to: .instant(UnixNanos(1_772_362_800_250_000_000))),
        "FROM 2026-03-01T00:00:00Z TO 2026-03-01T11:00:00.25Z"
      ),
      (
        "FROM 951782400 TO 951782400000000001",
        .range(
          from: .instant(UnixNanos(951_782_400_000_000_000)),
          to: .instant(UnixNanos(951_782_400_000_000_001))),
        "FROM 2000-02-29T00:00:00Z TO 2000-02-29T00:00:00.000000001Z"
      ),
      (
        "FROM 951782400.5 TO '2000-02-29 00:00:01'",
        .range(
          from: .instant(UnixNanos(951_782_400_500_000_000)),
          to: .instant(UnixNanos(951_782_401_000_000_000))),
        "FROM 2000-02-29T00:00:00.5Z TO 2000-02-29T00:00:01Z"
      ),
    ])
  func time(_ text: String, _ clause: TimeClause, _ canonical: String) throws {
    let query = try QueryText.parse(text)
    #expect(query.time == clause)
    #expect(QueryText.print(query) == canonical)
  }

  @Test("HAVING takes logic, ranges and durations")
  func having() throws {
    let query = try QueryText.parse(
      "VISUALIZE COUNT HAVING (COUNT > 5 OR NOT P99(duration_ms) < 1.5s) AND SUM(a) BETWEEN 1 AND 2.5"
    )
    #expect(
      query.having?.text
        == "(COUNT > 5 OR NOT P99(duration_ms) < 1.5s) AND (SUM(a) >= 1 AND SUM(a) <= 2.5)")
  }

  @Test("ORDER BY takes calculations and fields, descending unless it says ASC")
  func ordering() throws {
    var query = Query()
    try query.set(.orderBy, to: "count, p99(a) asc, name, `count` DESC")
    #expect(query.text(of: .orderBy) == "COUNT DESC, P99(a) ASC, name DESC, `count` DESC")
  }

  @Test("a clause that cannot be read leaves the query as it was")
  func unchanged() throws {
    var query = try QueryText.parse("WHERE error LAST 5m EVERY 1s")
    let before = query
    #expect(throws: QueryError.self) { try query.set(.time, to: "LAST 5m EVERY 0s") }
    #expect(query == before)
    try query.set(.time, to: "")
    #expect(query.time == nil && query.every == nil)
  }

  @Test(
    "what cannot be read says where and why",
    arguments: [
      ("VISUALIZE P99.9.9(duration_ms)", "unknown calculation 'P99.9.9' at 11; nearest: P99.9"),
      ("VISUALIZE CUONT", "unknown calculation 'CUONT' at 11; nearest: COUNT"),
      ("VISUALIZE average(a)", "unknown calculation 'average' at 11; nearest: AVG"),
      ("VISUALIZE P100(a)", "unknown calculation 'P100' at 11; nearest: MAX"),
      ("VISUALIZE", "expected a calculation, found the end at 10"),
      ("VISUALIZE COUNT,", "expected a calculation, found the end at 17"),
      (
        "SELECT *",
        "expected a calculation, found '*' at 8; without VISUALIZE the rows are the spans"
      ),
      ("VISUALIZE AVG", "expected '(' and a field, found the end at 14; AVG(duration_ms)"),
      ("VISUALIZE AVG()", "expected a field, found ')' at 15"),
      (
        "VISUALIZE COUNT(a)",
        "COUNT takes no field at 17; COUNT_DISTINCT(f) counts values, WHERE f exists spans"
      ),
      ("VISUALIZE AVG(a", "expected ')', found the end at 16"),
      (
        "VISUALIZE COUNT WHER error",
        "expected AND, OR or a clause, found 'WHER' at 17; nearest: WHERE"
      ),
      ("WHERE a GROUP service.name", "expected BY, found 'service.name' at 15"),
      ("error", "expected a clause, found 'error' at 1; begin with VISUALIZE, WHERE or GROUP BY"),
      ("WHERE a WHERE b", "WHERE is given twice at 9"),
      ("LAST 5m ALL", "the time is given twice at 9"),
      ("LIMIT 0", "expected a whole number above zero, found '0' at 7"),
      ("LIMIT ten", "expected a whole number above zero, found 'ten' at 7"),
      ("LAST 10", "expected a duration, found '10' at 6; units are ns us ms s m h d w: 10s"),
      ("LAST soon", "expected a duration, found 'soon' at 6; LAST 10m"),
      ("EVERY 0s", "EVERY needs a duration above zero at 7"),
      (
        "FROM then TO now",
        "expected an instant, found 'then' at 6; 2026-03-01T12:00:00Z, Unix time, -15m or now"
      ),
      (
        "FROM 2026-02-30 TO now",
        "expected an instant, found '2026-02-30' at 6; 2026-03-01T12:00:00Z, Unix time, -15m or now"
      ),
      ("HAVING HEATMAP(a) > 5", "HAVING cannot compare a heatmap at 8; P99 or MAX of the field"),
      ("HAVING COUNT", "expected one of = != > >= < <=, found the end at 13"),
      ("HAVING COUNT > many", "HAVING compares with numbers, found 'many' at 16"),
      ("ORDER BY HEATMAP(a)", "a heatmap has no order at 10; COUNT, or P99 of the field"),
      ("GROUP BY a,", "expected a field, found the end at 12"),
      (
        "GROUP BY 5", "expected a field, found '5' at 10; a field of that name goes in `back-ticks`"
      ),
    ])
  func failing(_ text: String, _ expected: String) throws {
    let error = try #require(throws: QueryError.self) { try QueryText.parse(text) }
    #expect(error.rendered(in: text).split(separator: "\n").first.map(String.init) == expected)
  }

  @Test("an error shows its line with a caret under the place")
  func caret() throws {
    let text = "VISUALIZE COUNT\nWHERE é = \"x\" AND b contians y\nLIMIT 5"
    let error = try #require(throws: QueryError.self) { try QueryText.parse(text) }
    #expect(
      error.rendered(in: text) == """
        unknown operator 'contians' at 37; nearest: contains
          WHERE é = "x" AND b contians y
                              ^^^^^^^^
        """)
  }
}
