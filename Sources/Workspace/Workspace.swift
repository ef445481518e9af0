import API
package import Explorer
import Intake
package import Logging
import QueryEngine
package import QueryLanguage
import SpanStore
import Synchronization
package import Telemetry

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The program without a terminal: spans held, what feeds them, requests about them, and the files
/// of state.
///
/// Carries out what ``AppState`` wants done and sends it what happens, from any thread. A loop that
/// owns a terminal, a test with a manual clock, or a server may stand in front of it.
package final class Workspace: Sendable {
  /// As they were at the start.
  package let options: WorkspaceOptions
  /// What answers every request.
  package let backend: any QueryBackend
  package let savedQueries: SavedQueries
  package let savedColumns: SavedColumns
  package let savedTheme: SavedTheme

  private let store: SpanStore
  private let sink: StoreSink
  private let clock: any WorkspaceClock
  private let send: @Sendable (Action) -> Void
  private let reporter: FeedReporter
  private let runner: RequestRunner
  private let running = Mutex(Running())

  private struct Running {
    var sources = SourceRunner.Started()
    var alarm: Task<Void, Never>?
  }

  /// - Parameters:
  ///   - backend: what answers requests; nil: the spans that sources bring, held in memory.
  ///   - log: where sources write what they meet.
  ///   - send: takes what happens, in order, from any thread; must return at once.
  package init(
    _ options: WorkspaceOptions, clock: any WorkspaceClock = SystemClock(),
    backend: (any QueryBackend)? = nil,
    log: Logger = .silent, send: @escaping @Sendable (Action) -> Void
  ) {
    self.options = options
    self.clock = clock
    self.send = send
    ProcessMemory.fit(options.memory)
    // Answers that are kept are part of the budget.
    let cacheBytes = min(96 << 20, options.memory.count / 8)
    let store = SpanStore(limit: ByteCount(options.memory.count - cacheBytes))
    let local = LocalBackend(cacheBytes: cacheBytes) { store.snapshot() }
    self.store = store
    sink = StoreSink(store, log: log, output: options.output)
    self.backend = backend ?? local
    savedQueries = SavedQueries(in: options.stateFolder)
    savedColumns = SavedColumns(in: options.stateFolder)
    savedTheme = SavedTheme(in: options.stateFolder)
    reporter = FeedReporter(
      store, sink, clock: clock, limit: options.memory, otherBytes: { local.cachedBytes },
      send: send)
    runner = RequestRunner(self.backend, clock: clock, send: send)
  }

  /// The time everything here goes by.
  package var now: UnixNanos { clock.now }

  /// Spans held now.
  package var spanCount: Int { store.totals.spans }

  /// Requests that have no answer yet.
  package var openRequests: Int { runner.openCount }

  // MARK: Start and stop

  /// Starts every source, and to tell of them.
  package func start() {
    var started = sources.start(options)
    if let address = options.api {
      let serving = APIServing(
        backend, counts: { [weak self] in self?.counts ?? IntakeCounts() }, log: sink.counters.log)
      started.tasks.append(serving.start(address, options, reporter, send))
      started.api = serving
    }
    started.tasks.append(Task.detached { [reporter] in await reporter.run() })
    running.withLock { $0.sources = started }
  }

  /// Ends requests and sources. The command, which may have spans left to send, ends before the
  /// receiver; requests that the receiver is answering get their answer.
  package func stop() async {
    let ending = running.withLock { running in
      defer { running = Running() }
      return running
    }
    ending.alarm?.cancel()
    runner.cancelAll()
    await ending.sources.command?.stop()
    for task in ending.sources.tasks { task.cancel() }
    await ending.sources.api?.stop()
    if let receiver = ending.sources.receiver { await receiver.stop() }
    // No more can come.
    if !options.command.isEmpty { store.finish() }
  }

  /// The command that feeds it, once it is started.
  package var command: CommandSource? { running.withLock { $0.sources.command } }

  /// What came in and what became of it.
  package var counts: IntakeCounts {
    var counts = sink.counters.counts
    counts.add(store.totals.dropped)
    return counts
  }

  /// What is seen of a run without a screen.
  var runReading: RunSettling.Reading {
    let counts = counts
    let held = running.withLock { $0.sources.receiver?.heldBytes ?? 0 }
    var reading = RunSettling.Reading()
    reading.spans = counts.spans
    reading.activity = counts.spans + counts.requests + counts.bytes + counts.lines + held
    reading.isOver = command?.state.isOver ?? true
    return reading
  }

  private var sources: SourceRunner {
    SourceRunner(store: store, sink: sink, reporter: reporter, clock: clock, send: send)
  }

  /// Loads a file beside what is held; one that cannot be read is a notice.
  package func open(_ path: String) {
    let path = path.hasPrefix("~/") ? StateFolder.home.path + path.dropFirst(1) : path
    let task = sources.load([path], follows: options.follows)
    running.withLock { $0.sources.tasks.append(task) }
  }

  /// Sends ``Action/fileNames(_:of:)`` later.
  package func listFiles(_ typed: String) {
    Task.detached { [send] in send(.fileNames(FileNames.continuing(typed), of: typed)) }
  }

  // MARK: What the program wants done

  /// Sends ``Action/response(_:_:)`` later; a newer request in the same slot ends this one
  /// unanswered.
  package func ask(_ requestID: RequestID, _ request: Request) { runner.ask(requestID, request) }

  /// Ends what runs in a slot; it sends no answer. Nothing happens when nothing runs there.
  package func cancel(_ slot: Slot) { runner.cancel(slot) }

  /// Sends ``Action/tick(_:)`` after this long. There is one alarm: a new one takes the place of the
  /// one before.
  package func wake(after length: Nanoseconds) {
    let task = Task.detached { [clock, send] in
      do { try await clock.sleep(for: length) } catch { return }
      if !Task.isCancelled { send(.tick(clock.now)) }
    }
    let old = running.withLock { running in
      defer { running.alarm = task }
      return running.alarm
    }
    old?.cancel()
  }

  /// Keeps a query in the history, or under its name, and says so when that is done or why not.
  package func remember(_ entry: HistoryEntry) {
    Task.detached { [savedQueries, send] in
      do throws(Failure) {
        try savedQueries.add(entry)
        if let name = entry.name { send(.notice(Notice("saved: otel-tui query @\(name)"))) }
      } catch {
        send(.notice(Notice(error.line, .failure)))
      }
    }
  }

  /// Keeps the columns of the waterfall for the next run.
  package func keep(_ columns: [TraceColumn]) {
    do throws(Failure) { try savedColumns.keep(columns) } catch {
      send(.notice(Notice(error.line, .failure)))
    }
  }

  /// Keeps the theme for the next run.
  package func keep(_ choice: SavedTheme.Choice) {
    do throws(Failure) { try savedTheme.keep(choice) } catch {
      send(.notice(Notice(error.line, .failure)))
    }
  }

  /// Writes a file and says where it is, or why it cannot be written.
  package func write(_ job: WriteJob, _ rendering: WriteRendering) {
    Task.detached { [backend, send] in
      do throws(WriteFailure) {
        send(.wrote(.success(try await Writer(backend: backend).write(job, rendering))))
      } catch {
        send(.wrote(.failure(error)))
      }
    }
  }
}
