/// Something that can stand at the cursor.
package struct CompletionItem: Hashable, Sendable {
  /// What replaces the text at the cursor.
  package var text: String
  package var kind: Kind
  /// What it is or does, in a few words: `text`, `mean of the values`.
  package var detail: String
  /// Of a field: the spans that have it; of a value: the spans that have the field so.
  package var count: Int?
  /// `count` as a share of all spans, 0…1.
  package var share: Double?

  package init(
    _ text: String, _ kind: Kind, _ detail: String = "", count: Int? = nil, share: Double? = nil
  ) {
    self.text = text
    self.kind = kind
    self.detail = detail
    self.count = count
    self.share = share
  }

  package enum Kind: String, Hashable, Sendable {
    case keyword
    case calculation
    case field
    case `operator`
    case value
  }
}

/// What can stand at a cursor, the likeliest first.
package struct CompletionList: Hashable, Sendable {
  /// UTF-8 offsets of what an item replaces; empty where nothing is typed yet.
  package var replace: Range<Int>
  /// At most ``Completion/itemLimit``.
  package var items: [CompletionItem]

  package init(replace: Range<Int>, items: [CompletionItem]) {
    (self.replace, self.items) = (replace, items)
  }
}
