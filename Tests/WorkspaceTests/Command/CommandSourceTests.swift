import Explorer
import Foundation
import Intake
import QueryLanguage
import Synchronization
import Telemetry
import Testing
import Workspace

/// Commands that end, fail, fork, flood and hang, as real processes.
@Suite(.timeLimit(.minutes(2)))
struct CommandSourceTests {
  private func options(
    _ folder: TemporaryFolder, _ script: String, addresses: Bool = true
  ) -> WorkspaceOptions {
    var options = WorkspaceOptions()
    options.stateFolder = folder.url
    options.command = ["sh", "-c", script]
    options.environment = ["PATH": "/usr/bin:/bin"]
    if addresses {
      for port in ReceiverPort.allCases {
        options.addresses[port] = ListenAddress(host: "127.0.0.1", port: 0)
      }
    }
    return options
  }

  private static var quick: RunLimits {
    var limits = RunLimits()
    limits.settle = .zero
    return limits
  }

  private func ending(_ outcome: HeadlessRun.Outcome) -> CommandEnding? {
    if case .ended(let ending) = outcome.command { ending } else { nil }
  }

  @Test("spans it prints are spans, on either stream; the rest is output, and its status is told")
  func printed() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let first = try folder.write(SpanLine.text("one", trace: 1), "one")
    let second = try folder.write(SpanLine.text("two", trace: 2), "two")
    let script = "echo starting; cat \(first); echo oh >&2; cat \(second) >&2; exit 3"
    let workspace = Workspace(options(folder, script), clock: ManualClock(), send: log.send)
    workspace.start()
    await log.waitForFeed { $0.sources.contains { $0.kind == .command && $0.state == .failed } }
    await log.wait { actions in
      let lines = actions.flatMap { (action: Action) -> [OutputLine] in
        if case .output(let lines) = action { lines } else { [] }
      }
      return lines.contains { $0.source == "stdout" && $0.text == "starting" }
        && lines.contains { $0.source == "stderr" && $0.text == "oh" }
        && lines.contains { $0.source == "otel-tui" && $0.text.contains("status 3") }
    }
    await log.waitForFeed { $0.spans == 2 }
    let source = try #require(log.feeds.last?.sources.first { $0.kind == .command })
    #expect(source.problem == "sh exited with status 3")
    await log.wait { actions in
      actions.contains {
        if case .notice(let notice) = $0 { notice.text == "sh exited with status 3" } else { false }
      }
    }
    await workspace.stop()
  }

  @Test("it is told where the receiver listens")
  func endpoint() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let path = folder.path("endpoint")
    let workspace = Workspace(
      options(folder, "printf %s \"$OTEL_EXPORTER_OTLP_ENDPOINT\" > \(path)"), send: log.send)
    let outcome = await HeadlessRun(workspace, Self.quick).run()
    #expect(ending(outcome) == .exited(0))
    let address = try #require(log.feeds.last?.httpAddress)
    #expect(try folder.text("endpoint") == "http://\(address)")
  }

  @Test("a port that is taken keeps it from being started")
  func portInUse() async throws {
    let folder = try TemporaryFolder()
    let first = ActionLog()
    var holding = WorkspaceOptions()
    holding.stateFolder = folder.url
    holding.addresses = [.http: ListenAddress(host: "127.0.0.1", port: 0)]
    let holder = Workspace(holding, send: first.send)
    holder.start()
    await first.waitForFeed { $0.httpAddress != nil }
    let taken = try #require(first.feeds.last?.httpAddress)
    var options = options(folder, "touch \(folder.path("ran"))", addresses: false)
    options.addresses = [.http: try ListenAddress(parsing: taken, flag: "--http")]
    let outcome = await HeadlessRun(Workspace(options) { _ in }, Self.quick).run()
    guard case .failed(let failure) = outcome.command else {
      Issue.record("it was started")
      return
    }
    #expect(failure.status == .input)
    #expect(!FileManager.default.fileExists(atPath: folder.path("ran")))
    await holder.stop()
  }

  @Test("a command that is not there is a failure with a shell's status")
  func missing() async throws {
    let folder = try TemporaryFolder()
    var options = options(folder, "")
    options.command = ["no-such-command-at-all"]
    let outcome = await HeadlessRun(Workspace(options) { _ in }, Self.quick).run()
    guard case .failed(let failure) = outcome.command else {
      Issue.record("it was started")
      return
    }
    #expect(failure.status.rawValue == 127)
  }

  @Test("one that does not end is ended by its limit; what it sends last is held")
  func limit() async throws {
    let folder = try TemporaryFolder()
    let line = try folder.write(SpanLine.text("last"), "last")
    // A background child, so that the shell can answer the signal.
    let script = "trap 'cat \(line); exit 0' TERM; echo up; while :; do sleep 0.05; done"
    var limits = Self.quick
    limits.duration = .milliseconds(300)
    let (log, clock) = (ActionLog(), ManualClock())
    let workspace = Workspace(options(folder, script), send: log.send)
    async let run = HeadlessRun(workspace, limits, clock: clock).run()
    await log.wait { actions in
      actions.contains { if case .output = $0 { true } else { false } }
    }
    // Only now does time go on: how long the command took to begin does not count.
    let time = Task {
      while !Task.isCancelled {
        clock.advance(by: .milliseconds(300))
        try? await Task.sleep(for: .milliseconds(5))
      }
    }
    let outcome = await run
    time.cancel()
    #expect(ending(outcome) == .exited(0))
    #expect(outcome.isStopped)
    #expect(workspace.spanCount == 1)
  }

  @Test("it is ended after the spans that were wanted")
  func spanLimit() async throws {
    let folder = try TemporaryFolder()
    let line = try folder.write(SpanLine.text("only"), "only")
    var limits = Self.quick
    limits.spans = 1
    let workspace = Workspace(options(folder, "cat \(line); exec sleep 600")) { _ in }
    let outcome = await HeadlessRun(workspace, limits).run()
    #expect(ending(outcome) == .killed(signal: SIGTERM))
    #expect(outcome.isStopped)
  }

  @Test("what it has started ends with it")
  func forks() async throws {
    let folder = try TemporaryFolder()
    let script = "sleep 600 & echo $! > \(folder.path("pid")); exit 0"
    let outcome = await HeadlessRun(Workspace(options(folder, script)) { _ in }, Self.quick).run()
    #expect(ending(outcome) == .exited(0))
    let text = try folder.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)
    let pid = try #require(Int32(text))
    // Whoever takes in orphans may be slow to reap them; it runs no more.
    #expect(kill(pid, 0) != 0 || isZombie(pid))
  }

  private func isZombie(_ pid: Int32) -> Bool {
    let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return text?.split(separator: ")").last?.hasPrefix(" Z") ?? true
  }

  @Test("a flood holds it back; every line is seen, and the list says how many it leaves out")
  func flood() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let count = Mutex(0)
    var options = options(folder, "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done")
    options.output = { source, lines in
      if source == .command("stdout") { count.withLock { $0 += lines.count } }
    }
    // The clock stands still: nobody takes the lines meanwhile.
    let workspace = Workspace(options, clock: ManualClock(), send: log.send)
    workspace.start()
    await log.waitForFeed { $0.sources.contains { $0.kind == .command && $0.state == .ended } }
    await log.wait { actions in
      actions.contains {
        if case .output(let lines) = $0 {
          lines.contains { $0.text.hasSuffix("lines came too fast and are not listed") }
        } else {
          false
        }
      }
    }
    await workspace.stop()
    #expect(count.withLock { $0 } == 20_000)
  }

  @Test("quitting ends a command that runs, whatever it ignores")
  func quitting() async throws {
    let (log, folder) = (ActionLog(), try TemporaryFolder())
    let path = folder.path("pid")
    let script = "trap '' TERM INT HUP; echo $$ > \(path); echo up; while :; do sleep 0.05; done"
    let workspace = Workspace(options(folder, script), send: log.send)
    workspace.start()
    await log.wait { actions in
      actions.contains { if case .output = $0 { true } else { false } }
    }
    let command = try #require(workspace.command)
    await workspace.stop()
    guard case .ended(let ending) = command.state else {
      Issue.record("it goes on")
      return
    }
    #expect(ending == .killed(signal: SIGKILL))
    #expect(ending.exitStatus == 137)
  }

  @Test(
    "people's names for commands",
    arguments: [
      (["python3", "/srv/app.py", "--port", "1"], "python3 app.py"),
      (["npm", "start"], "npm start"),
      (["/usr/bin/env", "-i", "x"], "env"), (["a\u{1B}[31m"], "a\u{FFFD}[31m"),
    ])
  func label(arguments: [String], label: String) {
    #expect(CommandSource.label(of: arguments) == label)
  }
}
