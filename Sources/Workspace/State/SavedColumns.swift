package import Explorer

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The columns of the waterfall, in the state folder, one a line in the order shown.
package struct SavedColumns: Sendable {
  private let file: URL

  /// - Parameter folder: of state; made when something is first kept.
  package init(in folder: URL = StateFolder.standard) {
    file = folder.appendingPathComponent("trace-columns")
  }

  /// Lines that mean no column (any more) are passed over.
  package func read() -> [TraceColumn] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { TraceColumn(saved: String($0)) }
  }

  /// Takes the place of what was kept.
  ///
  /// - Throws: why it is not kept.
  package func keep(_ columns: [TraceColumn]) throws(Failure) {
    try StateFolder.make(file.deletingLastPathComponent())
    let text = columns.map { $0.saved + "\n" }.joined()
    do {
      try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
      throw Failure(
        .input, what: file.path, why: "the columns are not kept: \(StateFolder.reason(error))")
    }
  }
}
