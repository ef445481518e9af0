import QueryLanguage
import Testing

/// Every operator in every spelling: what it reads as, and how it prints.
@Suite struct OperatorTests {
  private static let a = FieldRef("a")

  @Test(
    "each spelling reads as its operator and prints in the canonical one",
    arguments: [
      ("a = 5", "a = 5"), ("a == 5", "a = 5"), ("a IS 5", "a = 5"), ("a != 5", "a != 5"),
      ("a <> 5", "a != 5"), ("a IS NOT 5", "a != 5"), ("a>5", "a > 5"), ("a>=5", "a >= 5"),
      ("a<5", "a < 5"), ("a<=5", "a <= 5"), ("a CONTAINS x", "a contains \"x\""),
      ("a does-not-contain x", "a does-not-contain \"x\""),
      ("a NOT CONTAINS x", "a does-not-contain \"x\""),
      ("a does not contain x", "a does-not-contain \"x\""),
      ("a starts-with x", "a starts-with \"x\""), ("a STARTS WITH x", "a starts-with \"x\""),
      ("a does-not-start-with x", "a does-not-start-with \"x\""),
      ("a not starts with x", "a does-not-start-with \"x\""),
      ("a ends-with x", "a ends-with \"x\""), ("a EndsWith x", "a ends-with \"x\""),
      ("a does-not-end-with x", "a does-not-end-with \"x\""),
      ("a exists", "a exists"), ("a IS NOT NULL", "a exists"),
      ("a does-not-exist", "a does-not-exist"), ("a does not exist", "a does-not-exist"),
      ("a IS NULL", "a does-not-exist"), ("a NOT EXISTS", "a does-not-exist"),
      ("a in (1, x, \"y z\")", "a in (1, \"x\", \"y z\")"),
      ("a IN GET,POST", "a in (\"GET\", \"POST\")"),
      ("a not-in (true)", "a not-in (true)"), ("a NOT IN (1)", "a not-in (1)"),
      ("a matches \"^\\d+$\"", "a matches \"^\\\\d+$\""), ("a =~ 'x'", "a matches \"x\""),
      ("a does-not-match x", "a does-not-match \"x\""), ("a !~ x", "a does-not-match \"x\""),
      ("a NOT MATCHES x", "a does-not-match \"x\""),
      ("a LIKE '%x_'", "a like \"%x_\""), ("a NOT LIKE 'x'", "a not-like \"x\""),
      ("a between 1 and 2", "a between 1 AND 2"),
      ("a NOT BETWEEN 1 AND 2", "a not-between 1 AND 2"),
      ("a is-exactly [1, \"x\"]", "a is-exactly [1,\"x\"]"), ("a = [ ]", "a = []"),
      ("a IS NOT EXACTLY NaN", "a is-not-exactly NaN"), ("a < -Infinity", "a < -Infinity"),
      ("start_time > 1700000000", "start_time > 2023-11-14T22:13:20Z"),
      (
        "start_time in (1.5, 1700000000000000000)",
        "start_time in (1970-01-01T00:00:01.5Z, 2023-11-14T22:13:20Z)"
      ),
      ("library.version = 1", "library.version = 1"),
      ("library.version = \"1\"", "library.version = \"1\""),
      ("a", "a"), ("NOT a", "NOT a"), ("!a", "NOT a"), ("a && b || c", "a AND b OR c"),
      ("(a OR b) AND NOT (c AND d)", "(a OR b) AND NOT (c AND d)"),
      ("((a))", "a"), ("\"some text\"", "\"some text\""),
    ])
  func spelling(_ text: String, _ canonical: String) throws {
    let filter = try QueryText.parseFilter(text)
    #expect(QueryText.print(filter) == canonical)
    #expect(try QueryText.parseFilter(canonical) == filter)
  }

  @Test("AND binds closer than OR, NOT closest")
  func precedence() throws {
    let filter = try QueryText.parseFilter("a OR NOT b AND c")
    let (a, b, c) = (FieldRef("a"), FieldRef("b"), FieldRef("c"))
    #expect(filter == .or([.holds(a), .and([.not(.holds(b)), .holds(c)])]))
  }

  @Test(
    "values keep their type",
    arguments: [
      ("5", Literal.integer(5)), ("-5", .integer(-5)), ("+5", .integer(5)), ("007", .integer(7)),
      ("5.0", .double(5)), ("1e3", .double(1_000)), ("1e+3", .double(1_000)), (".5", .double(0.5)),
      ("99999999999999999999", .double(1e20)), ("true", .bool(true)), ("FALSE", .bool(false)),
      ("\"5\"", .text("5")), ("'it''s'", .text("it's")), ("\"a\\\"b\"", .text("a\"b")),
      ("\"\\u{1F600}\\n\\d\"", .text("😀\n\\d")), ("GET", .text("GET")), ("5xx", .text("5xx")),
      ("/api/v1/users", .text("/api/v1/users")), ("Zürich", .text("Zürich")),
      ("1.5s", .duration(nanoseconds: 1_500_000_000)), ("200us", .duration(nanoseconds: 200_000)),
      ("200µs", .duration(nanoseconds: 200_000)),
      ("1h30m", .duration(nanoseconds: 5_400_000_000_000)),
      ("-1ms", .duration(nanoseconds: -1_000_000)), ("0.5ns", .duration(nanoseconds: 1)),
      ("12e4", .double(120_000)), ("-1e+16", .double(-1e16)), ("NaN", .double(.nan)),
      ("Infinity", .double(.infinity)), ("nan", .text("nan")), ("[1, 2.0]", .json("[1,2.0]")),
    ])
  func value(_ text: String, _ value: Literal) throws {
    #expect(try QueryText.parseFilter("a = \(text)") == .compare(Self.a, .equal, value))
  }

  @Test("bare ids stay texts, and what is no number beside a field of texts")
  func ids() throws {
    #expect(
      try QueryText.parseFilter("trace.trace_id = 00001234567812345678123456781234")
        == .compare(.traceID, .equal, .text("00001234567812345678123456781234")))
    #expect(
      try QueryText.parseFilter("name in (x, 5ms)")
        == .test(.spanName, .isIn, .list([.text("x"), .text("5ms")])))
  }

  @Test("an ISO instant beside a time is nanoseconds")
  func instants() throws {
    // date -u -d 2026-03-01T12:00:00Z +%s gives 1772366400.
    #expect(
      try QueryText.parseFilter("start_time >= 2026-03-01T13:00:00+01:00")
        == .compare(.startTime, .greaterOrEqual, .time(1_772_366_400_000_000_000)))
  }

  @Test(
    "what cannot be read says where and why",
    arguments: [
      ("a >", "expected a value, found the end at 4"),
      ("a > > 5", "expected a value, found '>' at 5"),
      ("a contians x", "unknown operator 'contians' at 3; nearest: contains"),
      (
        "payment failed",
        "expected an operator, AND, OR or a clause, found 'failed' at 9; texts with spaces go in \"quotes\""
      ),
      ("a = b c", "expected AND, OR or the end, found 'c' at 7"),
      ("(a = 5", "expected ')', found the end at 7"),
      ("a = 5)", "expected AND, OR or the end, found ')' at 6"),
      ("a in ()", "expected a value, found ')' at 7"),
      ("a in (1", "expected ')', found the end at 8"),
      ("a between 1 or 2", "expected AND, found 'or' at 13; between 10 and 20"),
      (
        "a = null",
        "expected a value, found 'null' at 5; exists and does-not-exist test for missing fields"
      ),
      ("a = limit", "expected a value, found 'limit' at 5; the text goes in \"quotes\""),
      ("a = `b`", "expected a value, found '`b`' at 5; a text goes in \"quotes\""),
      (
        "\"a\" = 5",
        "expected a field before '=', found a text at 1; a field's name goes bare or in `back-ticks`"
      ),
      ("AND a", "expected a field, found 'AND' at 1; a field of that name goes in `back-ticks`"),
      ("5 = a", "expected a field, found '5' at 1; a field of that name goes in `back-ticks`"),
      ("a = 1e999", "'1e999' is too large a number at 5"),
      (
        "a = {id}",
        "'{' cannot stand here at 5; texts go in \"quotes\", unusual names in `back-ticks`"
      ),
      ("a = \"x", "the quote is never closed at 5"),
      ("`a = 5", "the back-tick is never closed at 1"),
      ("a = \"\\u{zz}\"", "'\\u{zz' is no character at 6; write it as \\u{1F600}"),
      ("a like", "expected a text, found the end at 7; a text goes in \"quotes\""),
    ])
  func failing(_ text: String, _ expected: String) throws {
    let error = try #require(throws: QueryError.self) { try QueryText.parseFilter(text) }
    #expect(error.rendered(in: text).split(separator: "\n").first.map(String.init) == expected)
  }
}
