import Explorer
import Intake
import Logging
import SpanStore
import Telemetry

/// Runs everything that feeds a workspace, and tells the screen how each source fares.
///
/// A source that fails costs that source: the others go on.
struct SourceRunner: Sendable {
  let store: SpanStore
  let sink: StoreSink
  let reporter: FeedReporter
  let clock: any WorkspaceClock
  let send: @Sendable (Action) -> Void

  /// - Returns: the receiver, to be stopped at the end.
  func start(_ options: WorkspaceOptions) -> (tasks: [Task<Void, Never>], receiver: Receiver?) {
    var tasks: [Task<Void, Never>] = []
    reporter.change { $0.setLive(options.isLive) }
    if !options.files.isEmpty { tasks.append(load(options.files, follows: options.follows)) }
    if options.readsStandardInput { tasks.append(readStandardInput()) }
    if let demo = options.demo { tasks.append(play(demo)) }
    var receiver: Receiver?
    if !options.addresses.isEmpty {
      let receiving = Receiver(sink: sink, counters: sink.counters, options.receiver)
      tasks.append(listen(receiving, options.addresses))
      receiver = receiving
    }
    return (tasks, receiver)
  }

  // MARK: Files

  private static func label(_ path: String) -> String { LoadTracker.lastPart(path) }

  private func load(_ files: [String], follows: Bool) -> Task<Void, Never> {
    reporter.change { state in
      for file in files { state.setSource(Self.label(file), .file, .active) }
    }
    return Task.detached { [self] in
      if follows {
        await withTaskGroup(of: Void.self) { group in
          for file in files { group.addTask { await loadOne(file, follows: true) } }
        }
      } else {
        // One after the other: each uses all cores.
        for file in files { await loadOne(file, follows: false) }
        store.finish()
        ProcessMemory.giveBack()
      }
      reporter.report()
    }
  }

  private func loadOne(_ file: String, follows: Bool) async {
    var problem: IntakeError?
    do throws(IntakeError) {
      try await FileSource(file, follows: follows).load(into: sink, counters: sink.counters) {
        progress in
        if let total = progress.totalBytes, progress.bytesRead >= total {
          reporter.change { $0.loaded(file) }
        } else {
          reporter.progress(file, progress)
        }
      }
      sink.counters.log.info("read \(file) to its end")
    } catch {
      problem = error
    }
    end(Self.label(file), .file, load: file, problem)
  }

  // MARK: Standard input

  private func readStandardInput() -> Task<Void, Never> {
    reporter.change { $0.setSource("stdin", .pipe, .active) }
    return Task.detached { [self] in
      var problem: IntakeError?
      do throws(IntakeError) {
        try await StandardInputSource().load(into: sink, counters: sink.counters) { progress in
          reporter.progress("stdin", progress)
        }
        sink.counters.log.info("standard input ended")
      } catch {
        problem = error
      }
      end("stdin", .pipe, load: "stdin", problem)
    }
  }

  /// A source that is read has come to its end, or cannot be read on.
  private func end(
    _ name: String, _ kind: Feed.Source.Kind, load: String, _ problem: IntakeError?
  ) {
    if let problem { sink.counters.log.error("\(problem.message)") }
    reporter.change { state in
      state.loaded(load)
      state.setSource(
        name, kind, problem == nil ? .ended : .failed, problem: problem.map { Failure($0).line })
    }
    if let problem { send(.notice(Notice(Failure(problem).line, .failure))) }
  }

  // MARK: Made-up traffic

  private func play(_ demo: DemoTraffic) -> Task<Void, Never> {
    reporter.change { $0.setSource("demo", .demo, .active) }
    return Task.detached { [self] in
      await demo.run(into: sink, clock: clock)
      reporter.change { $0.setSource("demo", .demo, .ended) }
    }
  }

  // MARK: The receiver

  private func listen(
    _ receiver: Receiver, _ addresses: [ReceiverPort: ListenAddress]
  ) -> Task<Void, Never> {
    Task.detached { [self] in
      var problems: [String] = []
      for port in ReceiverPort.allCases {
        guard let wanted = addresses[port] else { continue }
        do throws(IntakeError) {
          let address = try await receiver.listen(port, on: wanted)
          reporter.change { state in
            state.setSource(":\(address.port)", .receiver, .active)
            state.setAddress(port, "\(address)")
          }
        } catch {
          let problem = Failure(error).line
          problems.append(problem)
          reporter.change { $0.setSource(":\(wanted.port)", .receiver, .failed, problem: problem) }
        }
      }
      // One notice for all of them: a second would hide the first.
      if !problems.isEmpty {
        send(.notice(Notice(problems.joined(separator: " · "), .failure)))
      }
    }
  }
}
