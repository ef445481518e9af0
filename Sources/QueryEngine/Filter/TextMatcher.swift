import Patterns
import QueryLanguage

/// A test of texts, without its negation.
///
/// Texts are compared byte by byte: `é` as one character differs from `e` with an accent, as it
/// does in every sender's database.
struct TextMatcher {
  private enum Kind {
    case contains([UInt8])
    case starts([UInt8])
    case ends([UInt8])
    case like(LikePattern)
    case expression(RegularExpression)
    /// Lower-case.
    case phrase([UInt8], isASCII: Bool)
  }

  private let kind: Kind

  init(containing text: String) { kind = .contains(Array(text.utf8)) }

  init(startingWith text: String) { kind = .starts(Array(text.utf8)) }

  init(endingWith text: String) { kind = .ends(Array(text.utf8)) }

  init(like text: String) { kind = .like(LikePattern(text)) }

  /// - Throws: ``QueryError`` when the regular expression cannot be read.
  init(matching text: String) throws(QueryError) {
    do throws(PatternError) {
      kind = .expression(try RegularExpression(text))
    } catch {
      throw QueryError("the regular expression '\(text)' cannot be read: \(error.words)")
    }
  }

  /// A text looked for anywhere, ignoring case.
  init(phrase: String) {
    let lower = Array(phrase.lowercased().utf8)
    kind = .phrase(lower, isASCII: lower.allSatisfy { $0 < 0x80 })
  }

  /// How to find the texts that may match, where these have a part in common; nil elsewhere.
  var search: DictionarySearch? {
    switch kind {
    case .contains(let part): DictionarySearch(part, ignoresCase: false)
    case .phrase(let part, isASCII: true): DictionarySearch(part, ignoresCase: true)
    case .expression(let expression):
      DictionarySearch(expression.requiredText, ignoresCase: true, then: expression.isFound(in:))
    default: nil
    }
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .contains(let part): ByteMatch.contains(text, part)
    case .starts(let part): ByteMatch.starts(text, part)
    case .ends(let part): ByteMatch.ends(text, part)
    case .like(let pattern): pattern.matches(text)
    case .expression(let expression): expression.isFound(in: text)
    case .phrase(let part, isASCII: true): ByteMatch.containsIgnoringCase(text, part)
    case .phrase(let part, isASCII: false): Self.contains(lower: text, part)
    }
  }
}

extension TextMatcher {
  private static func contains(lower text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
    var lower = String(decoding: text, as: UTF8.self).lowercased()
    return lower.withUTF8 { ByteMatch.contains($0, part) }
  }
}

/// Comparisons of short byte strings.
enum ByteMatch {
  static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: [UInt8]) -> Bool {
    a.count == b.count && starts(a, b)
  }

  static func starts(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return isPart(part, of: text, at: 0)
  }

  static func ends(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return isPart(part, of: text, at: text.count - part.count)
  }

  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for index in 0...(text.count - part.count) where text[index] == first {
      if isPart(part, of: text, at: index) { return true }
    }
    return false
  }

  /// `part` is of ASCII in lower case.
  static func containsIgnoringCase(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for index in 0...(text.count - part.count) where lower(text[index]) == first {
      if part.indices.allSatisfy({ lower(text[index &+ $0]) == part[$0] }) { return true }
    }
    return false
  }

  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  /// Whether `a` comes before `b` by bytes, which for UTF-8 is the order of code points.
  static func precedes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    let shared = min(a.count, b.count)
    for index in 0..<shared where a[index] != b[index] { return a[index] < b[index] }
    return a.count < b.count
  }

  @inline(__always)
  private static func isPart(
    _ part: [UInt8], of text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Bool {
    for index in part.indices where text[start &+ index] != part[index] { return false }
    return true
  }
}
