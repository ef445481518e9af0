package import Screen
package import Themes

import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal by way of curses, on `/dev/tty` so that standard input may be data.
///
/// Of one thread; only its `waker` may be used from others.
package final class CursesTerminal: Terminal {
  /// Cells across; changes only inside ``next(timeout:)``, which then gives `.resize`.
  package private(set) var width = 80
  package private(set) var height = 24
  /// Unicode where the locale and the terminal have it, fixed at the start.
  package let glyphs: Glyphs
  /// How many colours the terminal shows, or none by `NO_COLOR`.
  package let depth: ColorDepth
  /// For other threads.
  package let waker: Waker

  let type = TerminalType.current
  let device: Device
  let pipe: WakePipe
  private let keys: KeyReader
  private var painter: Painter
  /// What is switched on beside curses, whenever the screen is taken.
  private var modesOn: String { TerminalSequences.modesOn(mouse: hasMouse) }

  /// Clicks are taken; false leaves them to the terminal.
  package var hasMouse: Bool {
    didSet {
      guard hasMouse != oldValue, !isRestored else { return }
      device.send(hasMouse ? modesOn : TerminalSequences.mouseOff)
    }
  }
  var shown: Grid?
  private var isRestored = false
  private var waiting: [InputEvent] = []
  /// The terminal was asked for its background, and has not answered.
  private var isAsked = false
  /// Times in a row that the terminal promised input and gave none, as a closed one does.
  private var emptyReads = 0

  /// - Parameters:
  ///   - ascii: draw with ASCII characters only, whatever the locale.
  ///   - mouse: take clicks; selecting text is then the terminal's with Shift.
  ///   - crashLog: the path of a file that a crash adds a line to, if there is one by then.
  package init(
    theme: Theme, ascii: Bool = false, mouse: Bool = false, crashLog: String? = nil
  ) throws(TerminalError) {
    hasMouse = mouse
    guard let device = Device(), let pipe = WakePipe() else { throw .noTerminal }
    (self.device, self.pipe) = (device, pipe)
    waker = Waker(pipe: pipe)
    let isUnicode = Device.chooseLocale() && !type.isLinuxConsole && !ascii
    glyphs = isUnicode ? .unicode : .ascii

    TerminalRestore.prepare(fd: device.outputFD, wake: pipe.writing)
    if let crashLog { TerminalRestore.logCrashes(to: crashLog) }
    guard let entry = device.start(type.candidates) else {
      throw .unknownType(type.name)
    }
    guard curses_string("cup") != nil else {
      endwin()
      TerminalRestore.restoreModes()
      throw .cannotPlace(entry)
    }
    depth = Self.depth(type)
    Self.setModes(device.fd)
    guard let keys = KeyReader(device: device.fd) else { throw .noTerminal }
    self.keys = keys
    painter = Painter(
      depth: depth, isUnicode: isUnicode, hasPalette: entry != "xterm-direct", theme: theme)
    TerminalRestore.take(restoring: TerminalSequences.text())
    device.send(modesOn)
    measure()
  }

  deinit { restore() }

  /// A signal that ends the program is given to this first, which must be async-signal-safe.
  package func passSignals(to handler: @escaping @convention(c) (Int32) -> Void) {
    TerminalRestore.passSignals(to: handler)
  }

  /// Colours from here on; takes effect at once.
  package var theme: Theme {
    get { painter.theme }
    set {
      guard newValue != painter.theme else { return }
      painter.theme = newValue
      repaint()
    }
  }

  /// Paints what differs from the grid shown last; nothing after ``restore()``.
  package func show(_ grid: Grid) {
    guard !isRestored else { return }
    let diff = GridDiff(from: shown, to: grid)
    guard !diff.isEmpty || shown?.cursor != grid.cursor else { return }
    for run in diff.runs { painter.paint(run, of: grid) }
    let window = curses_screen()
    if let cursor = grid.cursor {
      wmove(window, Int32(cursor.y), Int32(cursor.x))
    } else {
      wmove(window, Int32(max(0, height - 1)), 0)
    }
    curs_set(grid.cursor == nil ? 0 : 1)
    // A large change is shown in one piece where the terminal can (mode 2026); a key's is small.
    let isLarge = diff.cellCount > 400
    if isLarge { device.send("\u{1B}[?2026h") }
    wrefresh(window)
    if isLarge { device.send("\u{1B}[?2026l") }
    shown = grid
  }

  /// Asks for the terminal's background; the answer is an event, and may never come.
  package func askBackground() {
    // Few colours show no theme of its own, so that there is nothing to choose.
    guard depth >= .palette, !isRestored else { return }
    isAsked = true
    device.send("\u{1B}]11;?\u{1B}\\")
  }

  /// How long an answer under way is waited for when the terminal is given back, in milliseconds.
  private static let answerTimeout: Int32 = 100

  /// An answer that comes late would be typed into the shell.
  private func takeAnswer() {
    guard isAsked else { return }
    isAsked = false
    var waiting = pollfd(fd: device.fd, events: Int16(POLLIN), revents: 0)
    if poll(&waiting, 1, Self.answerTimeout) > 0 { _ = tcflush(device.fd, TCIFLUSH) }
  }

  package func redraw() {
    clearok(curses_screen(), true)
    repaint()
  }

  private func repaint() {
    guard let grid = shown else { return }
    shown = nil
    show(grid)
  }

  package func wake() { waker.wake() }

  /// Also suspends, redraws and measures when signals ask for it, before it returns.
  package func next(timeout: Int) -> InputEvent? {
    while true {
      if !waiting.isEmpty { return waiting.removeFirst() }
      switch keys.read() {
      case .event(let event):
        if case .background = event { isAsked = false }
        emptyReads = 0
        return event
      case .noise: continue
      case .nothing: break
      }
      guard wait(timeout) else { return nil }
    }
  }

  /// Waits for input or signals; false when the time has passed.
  private func wait(_ timeout: Int) -> Bool {
    var ready = [
      pollfd(fd: device.fd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0),
    ]
    let limit = timeout < 0 ? -1 : Int32(clamping: timeout)
    let count = poll(&ready, 2, limit)
    if count == 0 { return false }
    if count > 0, ready[1].revents != 0 { handle(pipe.drain()) }
    if count > 0, ready[0].revents != 0 {
      // Readable, but nothing there: closed. Some systems say so only this way.
      emptyReads += 1
      let isGone = ready[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
      if isGone || emptyReads > 50 { waiting.append(.end) }
    }
    return true
  }

  private func handle(_ signals: Set<WakePipe.Signal>) {
    if signals.contains(.stop) {
      suspend()
    } else if signals.contains(.continued), !isRestored {
      // Stopped and continued from outside: whoever had the terminal may have changed it.
      reset_prog_mode()
      device.send(modesOn)
      redraw()
    }
    if signals.contains(.resized) || signals.contains(.stop) { resize() }
    if signals.contains(.wake) { waiting.append(.wake) }
  }

  private func resize() {
    let old = (width, height)
    measure()
    guard (width, height) != old else { return }
    waiting.append(.resize(width: width, height: height))
  }

  private func measure() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard terminal_size(device.fd, &columns, &rows) == 0, columns > 0, rows > 0 else { return }
    (width, height) = (Int(columns), Int(rows))
    if is_term_resized(rows, columns) {
      resizeterm(rows, columns)
      clearok(curses_screen(), true)
      werase(curses_screen())
      shown = nil
    }
  }

  package func suspend() {
    guard !isRestored else { return }
    leaveScreen()
    TerminalRestore.stop()
    enterScreen()
  }

  /// May be called more than once, and is called when the terminal goes.
  package func restore() {
    guard !isRestored else { return }
    isRestored = true
    leaveScreen()
  }

  private func leaveScreen() {
    takeAnswer()
    device.send(TerminalSequences.modesOff)
    endwin()
    TerminalRestore.released()
    TerminalRestore.restoreModes()
  }

  private func enterScreen() {
    reset_prog_mode()
    TerminalRestore.taken()
    device.send(modesOn)
    redraw()
  }
}
