#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the person's locale can show.
enum Locale {
  /// No UTF-8: the C locale, or none set.
  static var isASCII: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let values = names.map { ProcessInfo.processInfo.environment[$0] ?? "" }
    let chosen = values.first { !$0.isEmpty } ?? ""
    let lower = chosen.lowercased()
    return !(lower.contains("utf-8") || lower.contains("utf8"))
  }
}
