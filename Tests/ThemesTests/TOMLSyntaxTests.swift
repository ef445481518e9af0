import Testing

@testable import Themes

@Suite struct TOMLSyntaxTests {
  @Test(
    "what a file of ours may hold passes",
    arguments: [
      "", "\n\n", "# only a comment", "a = 1", "a = -1.5 # why", "a = true\r\nb = \"x\"\r\n",
      "[a.b]\nc.d = 'raw \\ text'", "[[list]]\nx = \"\\\"q\\\" \\\\ \\n\"",
      "a = [1, 2,\n 3, # three\n]", "a = { b = \"c\", d = [ { e = 0 } ] }", "a = {}", "a = []",
      "\"quoted name\" = \"日本\"", "a = \"\\b\\f\\r\\t\\u0007\\U0001F600\"",
    ])
  func good(_ text: String) throws { try TOMLSyntax.check(text) }

  @Test(
    "a mistake has its line",
    arguments: [
      ("\n\na", 3, "followed by '='"), ("a =", 1, "a value was expected"),
      ("a = ,", 1, "a value was expected"), ("a = [}", 1, "a value was expected"),
      ("a = [1,\n2", 2, "a list ends"), ("a = { b = 1", 1, "a table ends"),
      ("a = { b = 1,\n c = 2 }", 1, "a name was expected"), ("a = \"x", 1, "a text ends"),
      ("a = \"x\ny\"", 1, "a text ends"), ("a = \"\\q\"", 1, "backslash"),
      ("a = \"\\u00g0\"", 1, "hex digits"), ("a = \"\\u12", 1, "hex digits"),
      ("a = \"\\ud800\"", 1, "hex digits"), ("a = \"\\U00110000\"", 1, "hex digits"),
      ("a = \"\\u0000\"", 1, "hex digits"), ("a = \"\\", 1, "backslash"),
      ("[#a]", 1, "a name was expected"), ("[a", 1, "a section ends"), ("[]", 1, "a name"),
      ("a = 1 b = 2", 1, "nothing may follow"), ("a = red", 1, "'red' is no value"),
      ("a = 007", 1, "no value"), ("a = 1e9", 1, "no value"), ("= 1", 1, "a name was expected"),
      ("a = \"\"\"x\"\"\"", 1, "several lines"), ("a = \u{1}", 1, "a value was expected"),
      ("# \u{1}", 1, "control character"), (String(repeating: "[", count: 3), 1, "a name"),
      ("a = " + String(repeating: "[", count: 99), 1, "too deeply"),
    ])
  func bad(_ text: String, _ line: Int, _ why: String) {
    let mistake = #expect(throws: TOMLSyntax.Mistake.self) { try TOMLSyntax.check(text) }
    #expect(mistake?.line == line)
    #expect(mistake?.why.contains(why) == true, "\(mistake?.why ?? "")")
  }
}
