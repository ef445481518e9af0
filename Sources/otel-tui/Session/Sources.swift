import Explorer
import Foundation
import Intake
import Logging
import SpanStore
import Telemetry

/// Starts everything that feeds a session, and tells the screen how each of them fares.
struct Sources: Sendable {
  let store: SpanStore
  let sink: StoreSink
  let monitor: FeedMonitor
  let queue: ActionQueue

  /// - Returns: the receiver, to be stopped at the end.
  func start(_ options: SessionOptions) -> (tasks: [Task<Void, Never>], receiver: Receiver?) {
    var tasks: [Task<Void, Never>] = []
    // A pipe may bring spans of any age: the last ten minutes of the clock could be empty.
    let isLive =
      (options.files.isEmpty && !options.readsStandardInput && !options.addresses.isEmpty)
      || options.follows || options.demo?.isLive == true
    monitor.setLive(isLive)
    if !options.files.isEmpty { tasks.append(load(options.files, follows: options.follows)) }
    if options.readsStandardInput { tasks.append(readStandardInput()) }
    if let demo = options.demo { tasks.append(play(demo)) }
    var receiver: Receiver?
    if !options.addresses.isEmpty {
      let receiving = Receiver(sink: sink, counters: sink.counters)
      tasks.append(listen(receiving, options.addresses))
      receiver = receiving
    }
    return (tasks, receiver)
  }

  private static func label(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private func load(_ files: [String], follows: Bool) -> Task<Void, Never> {
    Task.detached { [self] in
      for file in files { monitor.setSource(Self.label(file), .file, .active) }
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
      monitor.report()
    }
  }

  private func loadOne(_ file: String, follows: Bool) async {
    do throws(IntakeError) {
      try await FileSource(file, follows: follows).load(into: sink, counters: sink.counters) {
        progress in
        if let total = progress.totalBytes, progress.bytesRead >= total {
          monitor.loaded(file)
        } else {
          monitor.progress(file, progress)
        }
      }
      sink.counters.log.info("read \(file) to its end")
      monitor.setSource(Self.label(file), .file, .ended)
    } catch {
      sink.counters.log.error("\(error.message)")
      monitor.setSource(Self.label(file), .file, .failed)
      queue.send(.notice(Notice(Self.text(error), .failure)))
    }
    monitor.loaded(file)
  }

  private func readStandardInput() -> Task<Void, Never> {
    Task.detached { [self] in
      monitor.setSource("stdin", .pipe, .active)
      do throws(IntakeError) {
        try await StandardInputSource().load(into: sink, counters: sink.counters) { progress in
          monitor.progress("stdin", progress)
        }
        sink.counters.log.info("standard input ended")
        monitor.setSource("stdin", .pipe, .ended)
      } catch {
        sink.counters.log.error("\(error.message)")
        monitor.setSource("stdin", .pipe, .failed)
        queue.send(.notice(Notice(Self.text(error), .failure)))
      }
      monitor.loaded("stdin")
      monitor.report()
    }
  }

  private func play(_ demo: DemoTraffic) -> Task<Void, Never> {
    Task.detached { [self] in
      monitor.setSource("demo", .demo, .active)
      await demo.run(into: sink, now: Machine.now)
      monitor.setSource("demo", .demo, .ended)
      monitor.report()
    }
  }

  private func listen(
    _ receiver: Receiver, _ addresses: [ReceiverPort: ListenAddress]
  ) -> Task<Void, Never> {
    Task.detached { [self] in
      for port in ReceiverPort.allCases {
        guard let wanted = addresses[port] else { continue }
        do throws(IntakeError) {
          let address = try await receiver.listen(port, on: wanted)
          monitor.setSource(":\(address.port)", .receiver, .active)
          monitor.setAddress(port, "\(address)")
        } catch {
          monitor.setSource(":\(wanted.port)", .receiver, .failed)
          queue.send(.notice(Notice(Self.text(error), .failure)))
        }
      }
      monitor.report()
    }
  }

  private static func text(_ error: IntakeError) -> String {
    error.hint.map { "\(error.message) · \($0)" } ?? error.message
  }
}
