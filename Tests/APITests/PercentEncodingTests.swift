import Testing

@testable import API

/// Pairs by RFC 3986 §2.1 and §2.4.
@Suite struct PercentEncodingTests {
  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("a%20b", "a b"), ("%7Efoo", "~foo"), ("%7efoo", "~foo"),
    ("%2525", "%25"), ("%E2%82%AC", "€"), ("na%C3%AFve ü", "naïve ü"),
  ])
  func decodes(_ encoded: String, _ plain: String) {
    #expect(PercentEncoding.decoded(encoded) == plain)
  }

  @Test(arguments: ["%", "%2", "a%", "%zz", "%2g", "%%20", "%E2%82", "%FF"])
  func refuses(_ encoded: String) { #expect(PercentEncoding.decoded(encoded) == nil) }
}
