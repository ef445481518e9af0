import CRE2

/// A regular expression of RE2, on code points, looked for anywhere in a text.
///
/// Searching takes time linear in the text, whatever the pattern. Several threads may search at
/// once, but wait for each other while states are new: an expression for each is faster.
package final class RegularExpression: @unchecked Sendable {
  // RE2 guards its states by locks of its own, and nothing else of it changes.
  let expression: OpaquePointer
  /// ASCII in lower case that every matching text has in it in some case; empty when nothing is
  /// known.
  package let requiredText: [UInt8]

  /// - Parameter hasGroups: whether matches are looked for and not only found: what it takes to ask
  ///   ``value(in:)`` and ``count(in:)``; no ``requiredText`` is known then.
  /// - Throws: ``PatternError`` when the pattern cannot be read, or is too large.
  /// - Complexity: some ten microseconds for short patterns.
  package init(_ pattern: String, hasGroups: Bool = false) throws(PatternError) {
    var pattern = pattern
    let made = pattern.withUTF8 { cre2_new($0.baseAddress, $0.count, hasGroups ? 1 : 0) }
    guard let made else { throw PatternError(words: "out of memory", part: pattern) }
    if let words = cre2_error(made), let part = cre2_error_part(made) {
      defer { cre2_free(made) }
      throw PatternError(words: String(cString: words), part: String(cString: part))
    }
    expression = made
    requiredText = Array(String(cString: cre2_required(made)).utf8)
  }

  deinit { cre2_free(expression) }

  /// Whether it is found in a text of UTF-8; bytes that are none match nothing.
  ///
  /// - Complexity: O(text).
  package func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    cre2_matches(expression, text.baseAddress, text.count) != 0
  }
}

/// Why a pattern cannot be read.
package struct PatternError: Error, Hashable, Sendable {
  /// In RE2's words: `missing )`.
  package let words: String
  /// The part of the pattern it is about.
  package let part: String

  package init(words: String, part: String) { (self.words, self.part) = (words, part) }
}
