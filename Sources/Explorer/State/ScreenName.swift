/// The screens, in the order of their number keys; a trace lies over the one it was opened from.
package enum ScreenName: Int, CaseIterable, Equatable, Sendable {
  case home = 1
  case query, traces
  case trace

  package var title: String {
    switch self {
    case .home: "Home"
    case .query: "Query"
    case .traces: "Traces"
    case .trace: "Trace"
    }
  }

  /// The screens with a number key and a place in the header.
  package static let numbered: [ScreenName] = [.home, .query, .traces]
}
