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

  /// What has been started, to be stopped at the end.
  struct Started: Sendable {
    var tasks: [Task<Void, Never>] = []
    var receiver: Receiver?
    var command: CommandSource?
    var api: APIServing?
  }

  func start(_ options: WorkspaceOptions) -> Started {
    var started = Started()
    reporter.change { $0.setLive(options.isLive) }
    if !options.files.isEmpty {
      started.tasks.append(load(options.files, follows: options.follows))
    }
    if options.readsStandardInput { started.tasks.append(readStandardInput()) }
    if let demo = options.demo { started.tasks.append(play(demo)) }
    var listening: Task<[ReceiverPort: ListenAddress], Never>?
    if !options.addresses.isEmpty {
      let receiver = Receiver(sink: sink, counters: sink.counters, options.receiver)
      let task = listen(receiver, options.addresses)
      started.tasks.append(Task.detached { _ = await task.value })
      (started.receiver, listening) = (receiver, task)
    }
    if !options.command.isEmpty {
      let command = CommandSource(options.command, clock: clock)
      started.tasks.append(run(command, options, after: listening))
      started.command = command
    }
    return started
  }

  // MARK: Files

  private static func label(_ path: String) -> String { LoadTracker.lastPart(path) }

  /// Loads files one after the other, or all at once where they are followed.
  func load(_ files: [String], follows: Bool) -> Task<Void, Never> {
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
  ) -> Task<[ReceiverPort: ListenAddress], Never> {
    Task.detached { [self] in
      var problems: [String] = []
      var bound: [ReceiverPort: ListenAddress] = [:]
      for port in ReceiverPort.allCases {
        guard let wanted = addresses[port] else { continue }
        do throws(IntakeError) {
          let address = try await receiver.listen(port, on: wanted)
          bound[port] = address
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
      return bound
    }
  }

  // MARK: A command

  private func run(
    _ command: CommandSource, _ options: WorkspaceOptions,
    after listening: Task<[ReceiverPort: ListenAddress], Never>?
  ) -> Task<Void, Never> {
    reporter.change { $0.setSource(command.label, .command, .active) }
    return Task.detached { [self] in
      let addresses = await listening?.value ?? [:]
      let isMissing = options.addresses.keys.contains { addresses[$0] == nil }
      guard !isMissing else {
        return command.fail(
          Failure(
            .input, what: command.label, why: "is not started: the receiver cannot listen",
            hint: "without --grpc and --http free ports are picked"), reporter)
      }
      let environment = CommandEnvironment(options.environment, addresses: addresses)
      for warning in environment.warnings { sink.note(warning) }
      await command.run(environment, into: sink, reporter: reporter) { [send] text, isSuccess in
        send(.notice(Notice(text, isSuccess ? .news : .failure)))
      }
    }
  }
}
