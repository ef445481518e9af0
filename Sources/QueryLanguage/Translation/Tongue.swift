/// Another language that asks about spans.
///
/// Each is a file beside this one and a row of ``all``, in the order in which a text is held
/// against them.
package struct Tongue: Sendable {
  /// As messages name it: `TraceQL`.
  package let name: String
  package let example: String
  /// Whether texts of it are nothing but words, so that one may be meant otherwise.
  package var isPlain = false
  /// Whether a text that is no query of ours is meant as one of this language; looks at no more
  /// than it takes to tell.
  let recognises: @Sendable (String) -> Bool
  /// - Throws: what is wrong or has no counterpart, and where in the text.
  let translate: @Sendable (String) throws(QueryError) -> Translation

  package static let all: [Tongue] = [.honeycomb, .traceQL, .sql, .jaeger]
}

/// A query made from a text of another language.
package struct Translation: Hashable, Sendable {
  package var query: Query
  /// What it leaves out or reads otherwise, each in a few words.
  package var remarks: [String] = []

  init(_ query: Query, remarks: [String] = []) {
    (self.query, self.remarks) = (query, remarks)
  }
}

/// A query and the language its text was in.
package struct QueryReading: Hashable, Sendable {
  package var query: Query
  /// nil: ours.
  package var tongue: String?
  package var remarks: [String] = []

  /// What it was read as, and what was left out; nil for our own language.
  package var notice: String? {
    tongue.map { (["read as \($0)"] + remarks).joined(separator: "; ") }
  }
}

extension QueryText {
  /// Reads a query of ours, or of any language of ``Tongue/all``.
  ///
  /// - Throws: what ``parse(_:zone:)`` throws unless the text is recognised as another language's;
  ///   then why that has no counterpart.
  package static func read(
    _ text: String, zone: ZoneOffsets = .utc
  ) throws(QueryError) -> QueryReading {
    do throws(QueryError) {
      return QueryReading(query: try parse(text, zone: zone))
    } catch {
      guard text.utf8.count <= byteLimit,
        let tongue = Tongue.all.first(where: { $0.recognises(text) })
      else { throw error }
      let translation = try tongue.translate(text)
      return QueryReading(
        query: translation.query, tongue: tongue.name, remarks: translation.remarks)
    }
  }

  /// The language a text is in when it is not ours; nil for ours and for none.
  package static func tongue(of text: String) -> Tongue? {
    guard text.utf8.count <= byteLimit, (try? parse(text)) == nil else { return nil }
    return Tongue.all.first { $0.recognises(text) }
  }
}
