import CursesTerminal
import Explorer
import Foundation
import Intake
import Logging
import QueryEngine
import QueryLanguage
import Screen
import SpanStore
import Telemetry
import Themes
import Views

/// The program on the screen: one loop on the main thread, everything slow elsewhere.
@MainActor
final class Session {
  private let options: SessionOptions
  private let terminal: CursesTerminal
  private let store: SpanStore
  private let sink: StoreSink
  private let queue: ActionQueue
  private let monitor: FeedMonitor
  private let runner: EffectRunner
  private let backend: LocalBackend
  private var state = AppState()
  private var theme: Theme
  private var grid = Grid(width: 0, height: 0)
  private var isEnding = false
  private var isInterrupted = false
  private let log = ProgramLog.logger("session")

  init(_ options: SessionOptions) throws(Failure) {
    self.options = options
    theme = options.theme
    do {
      terminal = try CursesTerminal(
        theme: options.theme, ascii: options.isASCII, crashLog: ProgramLog.path)
    } catch {
      throw Failure(.usage, what: "terminal", why: error.message, hint: error.hint)
    }
    let waker = terminal.waker
    let queue = ActionQueue { waker.wake() }
    let store = SpanStore(limit: options.memory)
    self.queue = queue
    self.store = store
    sink = StoreSink(store, log: ProgramLog.logger("intake"))
    backend = LocalBackend { store.snapshot() }
    runner = EffectRunner(backend, queue)
    monitor = FeedMonitor(store, sink, queue, limit: options.memory)
  }

  /// Runs until the person quits.
  func run() async throws {
    prepare()
    show()
    log.info("started", metadata: ["version": "\(Version.text)", "memory": "\(options.memory)"])
    let sources = Sources(store: store, sink: sink, monitor: monitor, queue: queue)
    let (tasks, receiver) = sources.start(options)
    let monitor = monitor
    let watching = Task.detached { await monitor.run() }
    perform(state.start())
    openFirstQuery()
    show()
    loop()
    terminal.restore()
    watching.cancel()
    for task in tasks { task.cancel() }
    runner.cancelAll()
    log.info("ended", metadata: ["spans": "\(store.totals.spans)"])
    // Requests being answered get their answer; the rest of the program need not wait.
    if let receiver { await receiver.stop() }
    if isInterrupted { Failure.exit(with: Failure.Status.interrupted.rawValue) }
  }

  private func prepare() {
    state.around.width = terminal.width
    state.around.height = terminal.height
    state.around.isUnicode = terminal.glyphs.isUnicode
    state.around.now = Machine.now
    state.around.clock = ClockStyle(localOffset: TimeZone.current.secondsFromGMT())
    state.around.themeName = theme.name
    state.around.themeNames = Theme.builtinNames + Settings.ownThemes
    state.around.feed.byteLimit = options.memory
    state.around.feed.isLive = options.files.isEmpty && !options.readsStandardInput
    perform(state.update(.remembered(SavedQueries.entries())))
    state.trace.show(columns: SavedColumns.read())
  }

  private func openFirstQuery() {
    guard let text = options.query else { return }
    do {
      perform(state.open(query: try QueryText.parse(text)))
    } catch {
      perform(state.update(.notice(Notice(error.headline(in: text), .failure))))
    }
  }

  /// Takes everything that has happened before it paints once: a burst is one frame.
  private func loop() {
    while !isEnding {
      guard let event = terminal.next(timeout: -1) else { continue }
      take(event)
      var more = 0
      while !isEnding, more < 64, let next = terminal.next(timeout: 0) {
        take(next)
        more += 1
      }
      for action in queue.take() { perform(state.update(action)) }
      show()
    }
  }

  private func take(_ event: InputEvent) {
    switch event {
    case .key(.control("c")):
      isInterrupted = true
      isEnding = true
    case .key(let key):
      state.around.now = Machine.now
      perform(state.update(.key(key)))
    case .paste(let text): perform(state.update(.paste(text)))
    case .resize(let width, let height):
      perform(state.update(.resize(width: width, height: height)))
    case .wake: break
    case .end: isEnding = true
    }
  }

  private func show() {
    guard !isEnding else { return }
    grid = AppView.draw(state)
    terminal.show(grid)
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .ask(let ticket, let question): runner.ask(ticket, question)
    case .cancel(let slot): runner.cancel(slot)
    case .copy(let text): terminal.copy(text)
    case .write(let job): write(job)
    case .remember(let entry): Task.detached { SavedQueries.add(entry) }
    case .keepColumns(let columns): SavedColumns.keep(columns)
    case .useTheme(let name): use(theme: name)
    case .suspend: terminal.suspend()
    case .redraw: terminal.redraw()
    case .quit: isEnding = true
    }
  }

  private func use(theme name: String) {
    do {
      theme = try Theme.load(name, folder: Settings.themeFolder)
      terminal.theme = theme
    } catch {
      log.warning("theme \(name): \(error.why)")
      perform(state.update(.notice(Notice(error.why, .failure))))
    }
  }

  private func write(_ job: WriteJob) {
    let writer = Writer(backend: backend, snapshots: SpanReader(store: store))
    let (grid, theme, queue) = (AppView.draw(state), theme, queue)
    Task.detached {
      do {
        queue.send(.wrote(.success(try await writer.write(job, grid, theme))))
      } catch let failure as WriteFailure {
        queue.send(.wrote(.failure(failure)))
      }
    }
  }
}
