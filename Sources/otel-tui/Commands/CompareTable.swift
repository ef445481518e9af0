import Explorer
import QueryLanguage
import Telemetry

/// A comparison as lines of text: both sides, the pairs, then a line for each field.
struct CompareTable {
  private let result: CompareResult
  private let width: Int
  private let limit: Int
  private let isASCII: Bool
  private let cells: (Character) -> Int

  init(
    _ result: CompareResult, width: Int, limit: Int, isASCII: Bool,
    cells: @escaping (Character) -> Int
  ) {
    (self.result, self.width, self.limit) = (result, width, limit)
    (self.isASCII, self.cells) = (isASCII, cells)
  }

  /// The lines, separated by newlines.
  var text: String {
    let unit = result.request.unit == .spans ? "span" : "trace"
    var lines = [
      "selection  \(Figures.plural(result.counts.selection, unit))  \(result.selectionText)",
      "baseline   \(Figures.plural(result.counts.baseline, unit))  \(result.baselineText)",
    ]
    for pair in result.pairs.prefix(3) {
      lines.append("")
      lines.append(DifferenceText.terms(pair))
      lines.append(
        "  \(DifferenceText.counts(pair.counts, of: result.counts)); "
          + DifferenceText.alone(pair, result.counts))
    }
    let shown = result.ranked.prefix(limit)
    guard !shown.isEmpty else { return lines.map(cut).joined(separator: "\n") }
    let widest = shown.map { length(name($0)) }.max() ?? 0
    let column = min(widest, max(16, width / 3))
    lines.append("")
    for field in shown {
      let score = Figures.decimals(field.score, 2)
      lines.append(
        "\(score)  \(bar(field.score))  \(padded(name(field), column))  "
          + "\(padded(DifferenceText.remark(field, result.role(of: field)), 22))  "
          + DifferenceText.leading(field, result.counts))
    }
    return lines.map(cut).joined(separator: "\n")
  }

  private func name(_ field: FieldDifference) -> String {
    (field.sameAs == nil ? "" : "  ") + field.name
  }

  private func bar(_ score: Double) -> String {
    let full = Int((score * 10).rounded())
    let (on, off) = isASCII ? ("#", ".") : ("█", "░")
    return String(repeating: on, count: full) + String(repeating: off, count: 10 - full)
  }

  private func length(_ text: String) -> Int { text.reduce(0) { $0 + cells($1) } }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - length(text)))
  }

  private func cut(_ text: String) -> String {
    guard text.utf8.count > width, length(text) > width else { return text }
    var (kept, used) = ("", 0)
    for character in text {
      guard used + cells(character) < width else { break }
      kept.append(character)
      used += cells(character)
    }
    return kept + (isASCII ? "~" : "…")
  }
}
