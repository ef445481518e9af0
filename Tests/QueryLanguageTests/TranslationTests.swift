import QueryLanguage
import Testing

/// Queries of other languages in ours: expected texts follow the documentation of each.
@Suite struct TranslationTests {
  private static func check(_ text: String, _ expected: String, _ tongue: String) throws {
    let reading = try QueryText.read(text)
    #expect(reading.tongue == tongue, "\(text)")
    let printed = QueryText.print(reading.query)
    #expect(printed == expected, "\(text)")
    #expect(try QueryText.parse(printed) == reading.query, "\(text)")
  }

  @Test(
    "TraceQL",
    arguments: [
      ("{ .http.status_code = 500 }", "WHERE http.status_code = 500"),
      (
        "{ span.x = 1 && duration > 10ms } >> { status = error }",
        "WHERE status_code = \"error\" AND anc(span.x = 1 AND duration_ms > 10ms)"
      ),
      (
        "{ name = \"a\" } > { name = \"b\" }", "WHERE name = \"b\" AND parent(name = \"a\")"
      ),
      ("{ name = \"a\" } < { name = \"b\" }", "WHERE name = \"b\" AND child(name = \"a\")"),
      ("{ name = \"a\" } << { name = \"b\" }", "WHERE name = \"b\" AND desc(name = \"a\")"),
      ("{ name = \"a\" } ~ { name = \"b\" }", "WHERE name = \"b\" AND sib(name = \"a\")"),
      (
        "{ status = error } !< { status = error }",
        "WHERE status_code = \"error\" AND NOT child(status_code = \"error\")"
      ),
      (
        "{ name = \"a\" } &> { name = \"b\" }",
        "WHERE name = \"b\" AND parent(name = \"a\") OR name = \"a\" AND child(name = \"b\")"
      ),
      (
        "{ .a = 1 } && { .b = 2 }", "WHERE (a = 1 OR b = 2) AND any(a = 1) AND any(b = 2)"
      ),
      ("{ .a = 1 } || { .b = 2 }", "WHERE a = 1 OR b = 2"),
      ("{ resource.service.name =~ \"cart.*\" }", "WHERE service.name matches \"^(?:cart.*)$\""),
      (
        "{ span.http.method !~ `GET|POST` }",
        "WHERE span.http.method does-not-match \"^(?:GET|POST)$\""
      ),
      ("{ .a != nil && .b = nil }", "WHERE a exists AND b does-not-exist"),
      ("{ 10ms < duration }", "WHERE duration_ms > 10ms"),
      ("{ !(kind = server) }", "WHERE NOT span.kind = \"server\""),
      ("{ event.level = \"warn\" }", "WHERE event(level = \"warn\")"),
      ("{ event:name = \"retry\" }", "WHERE event(name = \"retry\")"),
      ("{ link:traceID = \"ab\" }", "WHERE link(trace.trace_id = \"ab\")"),
      (
        "{ rootName = \"x\" && rootServiceName = \"y\" && traceDuration > 1s }",
        "WHERE root.name = \"x\" AND root.service.name = \"y\" AND trace_duration_ms > 1s"
      ),
      ("{ parent.foo = 1 }", "WHERE parent.foo = 1"),
      ("{ nestedSetParent < 0 }", "WHERE is_root"),
      ("{ span.\"a b\" = true }", "WHERE span.`a b` = true"),
      (
        "{ } | rate() by (resource.service.name)",
        "VISUALIZE PER_SEC(COUNT) GROUP BY service.name"
      ),
      (
        "{ status = error } | count_over_time() by (name, span.x)",
        "VISUALIZE COUNT WHERE status_code = \"error\" GROUP BY name, span.x"
      ),
      (
        "{} | quantile_over_time(duration, .5, .99)",
        "VISUALIZE P50(duration_ms), P99(duration_ms)"
      ),
      ("{} | avg_over_time(span.size)", "VISUALIZE AVG(span.size)"),
      ("{} | histogram_over_time(duration)", "VISUALIZE HEATMAP(duration_ms)"),
      (
        "{} | rate() by (name) | topk(5)",
        "VISUALIZE PER_SEC(COUNT) GROUP BY name ORDER BY PER_SEC(COUNT) DESC LIMIT 5"
      ),
      (
        "{ .db = \"pg\" } | count() > 2",
        "WHERE db = \"pg\" AND COUNT(any, db = \"pg\") > 2"
      ),
      (
        "{ .db = \"pg\" } | avg(duration) > 20ms",
        "WHERE db = \"pg\" AND AVG(any, duration_ms WHERE db = \"pg\") > 20ms"
      ),
      ("{ .a + .b > 3 }", "WHERE a + b > 3"),
      ("{ .a = 1 } | select(span.b, .c)", "WHERE a = 1"),
    ])
  func traceQL(text: String, expected: String) throws {
    try Self.check(text, expected, "TraceQL")
  }

  @Test(
    "Honeycomb's JSON",
    arguments: [
      (
        #"{"calculations":[{"op":"COUNT"},{"op":"P99","column":"duration_ms"}],"breakdowns":["http.target"],"filters":[{"column":"error","op":"=","value":true},{"column":"http.target","op":"contains","value":"index=5"}],"orders":[{"op":"P99","column":"duration_ms","order":"descending"}],"havings":[{"calculate_op":"COUNT","op":">","value":20}],"limit":50,"time_range":600,"granularity":5}"#,
        "VISUALIZE COUNT, P99(duration_ms) WHERE error = true AND http.target contains \"index=5\" "
          + "GROUP BY http.target HAVING COUNT > 20 ORDER BY P99(duration_ms) DESC LIMIT 50 "
          + "LAST 10m EVERY 5s"
      ),
      (
        #"{"filters":[{"column":"a","op":"in","value":["x","y"]},{"column":"b","op":"does-not-exist"}],"filter_combination":"OR"}"#,
        "VISUALIZE COUNT WHERE a in (\"x\", \"y\") OR b does-not-exist"
      ),
      (
        #"{"filters":[{"column":"any.name","op":"=","value":"x"},{"column":"any.error","op":"=","value":true}]}"#,
        "VISUALIZE COUNT WHERE any(name = \"x\" AND error = true)"
      ),
      (
        #"{"breakdowns":["name"],"start_time":1700000000,"time_range":60,"orders":[{"column":"name"}]}"#,
        "VISUALIZE COUNT GROUP BY name ORDER BY name ASC "
          + "FROM 2023-11-14T22:13:20Z TO 2023-11-14T22:14:20Z"
      ),
      (
        #"{"calculations":[{"op":"COUNT","name":"bad","filters":[{"column":"status","op":">=","value":500}]}]}"#,
        "VISUALIZE COUNT(WHERE status >= 500) AS bad"
      ),
    ])
  func honeycomb(text: String, expected: String) throws {
    try Self.check(text, expected, "Honeycomb query JSON")
  }

  @Test(
    "Jaeger's tags",
    arguments: [
      ("error=true http.status_code=500", "WHERE error = true AND http.status_code = 500"),
      (
        "http.url=\"/a b?x=1\" otel.status_code=ERROR",
        "WHERE http.url = \"/a b?x=1\" AND status_code = \"error\""
      ),
      ("span.kind=server", "WHERE span.kind = \"server\""),
    ])
  func jaeger(text: String, expected: String) throws {
    try Self.check(text, expected, "Jaeger tags")
  }

  @Test(
    "SQL",
    arguments: [
      (
        "SELECT name, COUNT(*) AS n FROM spans WHERE error AND duration_ms > 10 GROUP BY name HAVING n > 5 ORDER BY n DESC LIMIT 10",
        "VISUALIZE COUNT AS n WHERE error AND duration_ms > 10 GROUP BY name HAVING n > 5 "
          + "ORDER BY n DESC LIMIT 10"
      ),
      ("select * from spans where name like '%x%'", "WHERE name like \"%x%\""),
      (
        "SELECT \"service.name\", AVG(duration_ms), quantile(0.99)(duration_ms), COUNT(DISTINCT name) FROM spans GROUP BY 1 ORDER BY 2",
        "VISUALIZE AVG(duration_ms), P99(duration_ms), COUNT_DISTINCT(name) GROUP BY service.name "
          + "ORDER BY AVG(duration_ms) ASC"
      ),
      (
        "SELECT COUNT(x) FROM spans WHERE a IN ('p', 'q') AND b IS NOT NULL AND c NOT BETWEEN 1 AND 2;",
        "VISUALIZE COUNT(WHERE x exists) WHERE a in (\"p\", \"q\") AND b exists AND c not-between 1 AND 2"
      ),
      (
        "SELECT COUNT(*) FROM spans WHERE NOT (a = 'it''s' OR b > 3)",
        "VISUALIZE COUNT WHERE a != \"it's\" AND b <= 3"
      ),
      (
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FROM spans",
        "VISUALIZE P50(duration_ms)"
      ),
    ])
  func sql(text: String, expected: String) throws {
    try Self.check(text, expected, "SQL")
  }

  @Test(
    "an error names the part that has no counterpart, and where it is",
    arguments: [
      ("{ .a = .b }", "comparing with anything but a value has no counterpart at 6"),
      ("{ duration > 100 }", "a duration needs a unit at 12"),
      ("{ foo = 1 }", "'foo' has no counterpart at 3"),
      ("{} | compare({ .a = 1 })", "compare() has no counterpart at 6"),
      ("{} | by(name)", "by() within a trace has no counterpart at 6"),
      ("{} | rate() | > 5", "a filter of single points has no counterpart at 15"),
      ("({} | rate()) / 2", "a pipeline in parentheses has no counterpart at 5"),
      (#"{"calculations":[{"op":"LAST_SEEN"}]}"#, "'LAST_SEEN' has no counterpart at 24"),
      (#"{"filters":[],"formulas":[{"name":"x"}]}"#, "'formulas' has no counterpart at 15"),
      ("SELECT COUNT(*) FROM spans JOIN x", "a join has no counterpart at 28"),
      ("SELECT LAG(x) FROM spans", "the function LAG() has no counterpart at 8"),
      ("SELECT COUNT(*) FROM spans LIMIT 5 OFFSET 2", "'OFFSET' here has no counterpart at 36"),
    ])
  func errors(text: String, expected: String) {
    #expect {
      try QueryText.read(text)
    } throws: { error in
      (error as? QueryError)?.headline(in: text) == expected
    }
  }

  @Test("what is ours stays ours, and what is neither is told as ours")
  func ours() throws {
    for text in [
      "SELECT COUNT WHERE a = 1", "WHERE a=1 AND b=2", "VISUALIZE COUNT FROM -5m TO now",
    ] {
      #expect(try QueryText.read(text).tongue == nil)
    }
    #expect(throws: QueryError.self) { try QueryText.read("nonsense") }
    #expect(QueryText.tongue(of: "nonsense")?.name == nil)
    #expect(QueryText.tongue(of: #"{"a":1}"#)?.name == nil)
  }

  @Test("no cut or changed text traps, and whatever is read prints back", arguments: Tongue.all)
  func mutilated(tongue: Tongue) throws {
    let bytes = Array(tongue.example.utf8)
    for index in bytes.indices {
      for byte in Array("\"'(){}|=<>!-.0 ,".utf8) {
        var changed = bytes
        changed[index] = byte
        for text in [changed, Array(bytes[..<index]), Array(bytes[index...])] {
          let text = String(decoding: text, as: UTF8.self)
          guard let reading = try? QueryText.read(text) else { continue }
          let printed = QueryText.print(reading.query)
          #expect(try QueryText.parse(printed) == reading.query, "\(text): \(printed)")
        }
      }
    }
  }
}
