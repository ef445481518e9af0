package import Intake
package import Telemetry

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What feeds a workspace, and how much it may hold.
package struct WorkspaceOptions: Sendable {
  /// Paths, each a source of its own; one that fails does not stop the others.
  package var files: [String] = []
  /// Goes on reading what is appended to the files.
  package var follows = false
  /// Reads standard input until it ends, beside the files.
  package var readsStandardInput = false
  /// Where to listen; empty: nothing listens.
  package var addresses: [ReceiverPort: ListenAddress] = [:]
  /// What the receiver allows its senders.
  package var receiver = ReceiverConfiguration()
  /// Where to answer requests over HTTP; nil: nowhere.
  package var api: ListenAddress?
  /// Nil plays no traffic.
  package var demo: DemoTraffic?
  /// A command to run once the receiver listens: its name or path, then its arguments.
  package var command: [String] = []
  /// What the command finds in its environment, but for where to send its spans.
  package var environment = ProcessInfo.processInfo.environment
  /// Takes every line that is no span as soon as it is read, and holds its source back meanwhile.
  package var output: (@Sendable (_ source: SourceID, _ lines: [String]) -> Void)?
  /// Bytes that spans may take; the oldest traces go first.
  package var memory = ByteCount(1 << 30)
  /// Where the history, saved queries and columns are kept.
  package var stateFolder = StateFolder.standard

  package init() {}

  /// Whether spans are expected to be of now, so that the last minutes are what to show.
  ///
  /// A pipe may bring spans of any age: the last ten minutes of the clock could be empty.
  package var isLive: Bool {
    (files.isEmpty && !readsStandardInput && !addresses.isEmpty) || follows || demo?.isLive == true
      || !command.isEmpty
  }
}
