/// Requests and connections a receiver refused, counted by reason.
package struct RefusalCounts: Hashable, Sendable {
  /// Why a request was refused, in the words that the screen uses.
  package enum Reason: String, CaseIterable, Hashable, Sendable {
    case tls = "TLS on a plain port"
    case notHTTP = "no HTTP"
    case origin = "an origin that is not allowed"
    case path = "a wrong path"
    case method = "a wrong method"
    case contentType = "a wrong content type"
    case encoding = "an unknown encoding"
    case unreadable = "an unreadable body"
    case tooLarge = "too large"
    /// Requests under way hold all that they may; this one can be sent again.
    case busy = "no room left"
    /// Nothing more can be kept, such as on a full disk.
    case unavailable = "cannot be kept"
  }

  /// One reason and how often it was met.
  package struct Entry: Hashable, Sendable {
    package var reason: Reason
    package var count: Int
    /// What the newest of them was told, and where it came from.
    package var latest: String
  }

  /// In the order in which they were first met; at most one for each reason.
  package private(set) var entries: [Entry] = []

  package init() {}

  /// All of them.
  package var total: Int { entries.reduce(0) { $0 + $1.count } }

  /// Counts one refusal.
  ///
  /// - Parameter latest: what the sender was told, and where it was.
  package mutating func add(_ reason: Reason, latest: String, count: Int = 1) {
    if let index = entries.firstIndex(where: { $0.reason == reason }) {
      entries[index].count += count
      entries[index].latest = latest
    } else {
      entries.append(Entry(reason: reason, count: count, latest: latest))
    }
  }

  /// Adds another's counts; of a reason that both met, its `latest` becomes the one shown.
  package mutating func add(_ other: RefusalCounts) {
    for entry in other.entries { add(entry.reason, latest: entry.latest, count: entry.count) }
  }
}
