import QueryLanguage
import Telemetry
import Testing

@Suite struct ResultTextTests {
  @Test("JSON is the contract to the letter")
  func json() throws {
    let expected = [
      #"{"query":"VISUALIZE COUNT, P99(duration_ms), HEATMAP(duration_ms) GROUP BY service.name LIMIT 2""#,
      #","start_ns":"1000000000","end_ns":"3000000000","granularity_ns":"1000000000""#,
      #","columns":[{"name":"service.name","type":"text"},{"name":"COUNT","type":"integer"},"#,
      #"{"name":"P99(duration_ms)","type":"double"},{"name":"HEATMAP(duration_ms)","type":"array"}]"#,
      #","rows":[["a \"b\", c",1200,1333.0864,null],[null,4,null,null]]"#,
      #","total":[null,1205,1200.5,null],"other":[null,1,0.25,null]"#,
      #","series":[{"calculation":0,"group":["a \"b\", c"],"times_ns":["1000000000","2000000000"],"#,
      #""values":[1000.0,200.0]},{"calculation":1,"group":[null],"#,
      #""times_ns":["1000000000","2000000000"],"values":[null,"Infinity"]}]"#,
      #","heatmaps":[{"calculation":2,"group":["a \"b\", c"],"times_ns":["1000000000","2000000000"],"#,
      #""edges":[0.5,1.0,2.0],"counts":[[1,2],[0,7]]}]"#,
      #","spans_examined":2000,"spans_matched":1205,"groups":3,"elapsed_ms":1.5"#,
      #","warnings":["no field 'x' in 2,000 spans"]"#,
    ].joined()
    let result = try QueryResult.sample()
    #expect(result.json().text == expected + "}")
    #expect(
      result.json(adding: [("ingest", #"{"spans":5}"#)]).text == expected
        + #","ingest":{"spans":5}}"#)
  }

  @Test("values of every type, control characters and numbers past a double's reach")
  func values() {
    var json = JSONWriter()
    json.values([
      .text("\u{1}\u{7f}\n\t\\é🙂"), .bool(true), .integer(.min), .double(.nan), .double(1e300),
      .double(5), .time(.max), .json("[1,\"x\"]"), .missing,
    ])
    #expect(
      json.text
        == #"["\u0001\u007f\n\t\\é🙂",true,-9223372036854775808,"NaN",1e+300,5.0,"18446744073709551615",[1,"x"],null]"#
    )
  }

  @Test("rows of spans have a total of one null a column")
  func totalOfSpans() throws {
    var result = QueryResult(query: Query())
    result.columns = [
      ResultColumn(name: "name", type: .text, source: .field(.spanName)),
      ResultColumn(name: "duration_ms", type: .double, source: .field(.duration)),
    ]
    result.rows = [[.text("a"), .double(1)]]
    let text = result.json().text
    #expect(text.contains(#""rows":[["a",1.0]],"total":[null,null],"other":null,"series":[]"#))
  }

  @Test("an empty result is still the whole object")
  func empty() {
    #expect(
      QueryResult(query: Query()).json().text
        == #"{"query":"","start_ns":"0","end_ns":"0","granularity_ns":"0","columns":[],"rows":[],"total":[],"other":null,"series":[],"heatmaps":[],"spans_examined":0,"spans_matched":0,"groups":0,"elapsed_ms":0.0,"warnings":[]}"#
    )
  }

  @Test("CSV quotes what needs it and leaves TOTAL out")
  func csv() throws {
    var result = try QueryResult.sample()
    result.rows.append([.text(""), .integer(-1), .double(0.1), .json("[1,2]")])
    result.rows.append([.text("two\nlines"), .time(5), .bool(false), .text(" x")])
    let expected = [
      "service.name,COUNT,P99(duration_ms),HEATMAP(duration_ms)",
      "\"a \"\"b\"\", c\",1200,1333.0864,", ",4,,", "\"\",-1,0.1,\"[1,2]\"",
      "\"two\nlines\",5,false,\" x\"", "",
    ].joined(separator: "\r\n")
    #expect(String(decoding: result.csv(), as: UTF8.self) == expected)
  }

  @Test("the table puts numbers to the right, with units, OTHER and TOTAL below")
  func table() throws {
    #expect(
      ResultTable(try .sample()).text == """
        service.name  COUNT  P99(duration_ms)  HEATMAP(duration_ms)
        a "b", c      1,200       1,333.086ms  ▁█
        (none)            4                 -  -
        OTHER             1           0.250ms  -
        TOTAL         1,205       1,200.500ms  -

        """)
  }

  @Test("a narrow table cuts texts first, and never a line too wide")
  func narrow() throws {
    var result = try QueryResult.sample()
    result.columns.removeLast()
    result.rows[0][0] = .text("checkout-service-eu-west")
    #expect(
      ResultTable(result, .init(width: 36)).text == """
        service.na…  COUNT  P99(duration_ms)
        checkout-s…  1,200       1,333.086ms
        (none)           4                 -
        OTHER            1           0.250ms
        TOTAL        1,205       1,200.500ms

        """)
    for width in 0...60 {
      for line in ResultTable(result, .init(width: width, isASCII: true)).lines() {
        #expect(line.count <= width)
      }
    }
  }

  @Test("a giant text neither pads the other lines nor is cut, but where lines have a width")
  func giant() throws {
    var result = try QueryResult.sample()
    result.columns.removeLast()
    let giant = String(repeating: "x", count: 100_000)
    result.rows[0][0] = .text(giant)
    let whole = ResultTable(result).lines()
    #expect(whole[1].hasPrefix(giant + "  "))
    #expect(whole.filter { $0.count > 200 }.count == 1)
    for line in ResultTable(result, .init(width: 40)).lines() { #expect(line.count <= 40) }
    #expect(ResultTable(result, .init(width: 40)).lines()[1].hasPrefix("xxx"))
    #expect(ResultTable(result, .init(width: 40)).lines()[1].contains("x…  "))
  }

  @Test("wide characters count as the terminal counts them, and control characters never get out")
  func cells() {
    var result = QueryResult(query: Query(groupBy: [.spanName]))
    result.columns = [
      ResultColumn(name: "name", type: .text, source: .field(.spanName)),
      ResultColumn(name: "COUNT", type: .integer, source: .calculation(.count)),
    ]
    result.rows = [
      [.text("名前"), .integer(1)], [.text("a\u{1B}[2J\nb"), .integer(22)],
      [.text("x"), .integer(3)],
    ]
    let style = ResultTable.Style { $0.isASCII || $0 == "\u{FFFD}" ? 1 : 2 }
    #expect(
      ResultTable(result, style).lines() == [
        "name     COUNT", "名前         1", "a\u{FFFD}[2J b     22", "x            3",
      ])
  }

  @Test("raw rows show instants, small durations and ids without commas")
  func raw() {
    var result = QueryResult(query: Query())
    let status = FieldRef("http.status_code")
    result.columns = [
      ResultColumn(name: "start_time", type: .time, source: .field(.startTime)),
      ResultColumn(name: "duration_ms", type: .double, source: .field(.duration)),
      ResultColumn(name: "http.status_code", type: .integer, source: .field(status)),
    ]
    result.rows = [
      [.time(951_782_400_000_000_001), .double(0.0004), .integer(12_345)],
      [.time(951_782_400_000_000_000), .double(0.25), .missing],
    ]
    #expect(
      ResultTable(result).text == """
        start_time                      duration_ms  http.status_code
        2000-02-29T00:00:00.000000001Z      0.400us             12345
        2000-02-29T00:00:00Z              250.000us                 -

        """)
  }
}
