import Patterns
import QueryLanguage

extension FunctionRule {
  static let patterns: [FunctionRule] = [
    FunctionRule(.matchedText) { values, context in
      found(values, context) { text, pattern in
        .text(String(decoding: text[pattern.value(in: text)], as: UTF8.self))
      }
    },
    FunctionRule(.matchCount) { values, context in
      found(values, context) { text, pattern in
        .integer(Int64(pattern.count(in: text, isCancelled: Cancellation.isCancelled)))
      }
    },
  ]

  private static func found(
    _ values: [ResultValue], _ context: FunctionContext,
    _ body: (UnsafeBufferPointer<UInt8>, RegularExpression) -> ResultValue
  ) -> ResultValue {
    guard var text = values.first?.shown, let pattern = context.pattern else { return .missing }
    return text.withUTF8 { body($0, pattern) }
  }
}
