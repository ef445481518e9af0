/// Whether a terminal's background is dark or light.
package enum TerminalBackground: Hashable, Sendable {
  case dark, light
}

extension TerminalBackground {
  /// What a terminal answers to OSC 11, without `ESC ] 11 ;` and its end: `rgb:1c1c/1c1c/1c1c`, with
  /// one to four digits a part, or `#1c1c1c`.
  ///
  /// - Returns: nil for what is no colour.
  package init?(report: String) {
    var parts: [Substring]
    if report.hasPrefix("rgb:") || report.hasPrefix("rgba:") {
      parts = report.drop { $0 != ":" }.dropFirst()
        .split(separator: "/", omittingEmptySubsequences: false)
    } else if report.hasPrefix("#"), report.utf8.count % 3 == 1 {
      let digits = report.dropFirst()
      let size = digits.utf8.count / 3
      parts = (0..<3).map { digits.dropFirst($0 * size).prefix(size) }
    } else {
      return nil
    }
    guard parts.count >= 3 else { return nil }
    var channels: [Double] = []
    for part in parts.prefix(3) {
      guard (1...4).contains(part.utf8.count), let value = UInt32(part, radix: 16) else {
        return nil
      }
      channels.append(Double(value) / Double((1 << (4 * part.utf8.count)) - 1))
    }
    // Black text reads better than white above this share of white, as the eye weighs colours.
    let luma = 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2]
    self = luma > 0.5 ? .light : .dark
  }
}
