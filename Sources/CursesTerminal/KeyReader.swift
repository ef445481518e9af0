import CNcurses
import Screen

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Turns what curses reads into keys and pastes.
///
/// Reads through a pad of its own: `get_wch` on the screen's window would paint it.
struct KeyReader {
  private let pad: UnsafeMutablePointer<WINDOW>
  private let device: Int32

  /// Codes of ours for the marks around a paste (xterm, mode 2004).
  private static let pasteStart: Int32 = 0x4000
  private static let pasteEnd: Int32 = 0x4001
  /// Before a report of the mouse: in digits (mode 1006), or in three bytes.
  private static let mouseStart: Int32 = 0x4002
  private static let oldMouseStart: Int32 = 0x4003
  /// Before the answer to OSC 11.
  private static let backgroundStart: Int32 = 0x4004
  /// The first of those for keys that terminfo lists seldom or as others.
  private static let firstSequence: Int32 = 0x4100
  /// The rest of a report is on its way: longer than this it is not waited for, in milliseconds.
  private static let reportLimit: Int32 = 50
  /// A program that pastes without an end mark is not waited for any longer, in milliseconds.
  private static let pasteTimeout: Int32 = 500

  enum Found {
    case event(InputEvent)
    /// Something that means nothing to us.
    case noise
    case nothing
  }

  init?(device: Int32) {
    guard let pad = newpad(1, 1) else { return nil }
    self.pad = pad
    self.device = device
    keypad(pad, true)
    nodelay(pad, true)
    define_key("\u{1B}[200~", Self.pasteStart)
    define_key("\u{1B}[201~", Self.pasteEnd)
    define_key("\u{1B}[<", Self.mouseStart)
    define_key("\u{1B}[M", Self.oldMouseStart)
    define_key("\u{1B}]11;", Self.backgroundStart)
    for (index, sequence) in KeySequences.all.enumerated() {
      define_key(sequence.text, Self.firstSequence + Int32(index))
    }
    // What terminals send before they have heard of keypad mode, and some in spite of it.
    for (text, code) in Self.plainKeys where key_defined(text) == 0 { define_key(text, code) }
  }

  private static let plainKeys: [(String, Int32)] = [
    ("\u{1B}[A", KEY_UP), ("\u{1B}[B", KEY_DOWN), ("\u{1B}[C", KEY_RIGHT), ("\u{1B}[D", KEY_LEFT),
    ("\u{1B}[H", KEY_HOME), ("\u{1B}[F", KEY_END), ("\u{1B}[1~", KEY_HOME), ("\u{1B}[4~", KEY_END),
    ("\u{1B}[Z", KEY_BTAB), ("\u{1B}[1;2A", KEY_SR), ("\u{1B}[1;2B", KEY_SF),
    ("\u{1B}[1;2C", KEY_SRIGHT), ("\u{1B}[1;2D", KEY_SLEFT),
  ]

  /// Whatever is waiting, without waiting.
  func read() -> Found {
    guard let (value, isKey) = next() else { return .nothing }
    if isKey { return special(value) }
    if value == 27 { return afterEscape() }
    return Self.plain(value).map { .event(.key($0)) } ?? .noise
  }

  private func next() -> (UInt32, isKey: Bool)? {
    var value: wint_t = 0
    let kind = wget_wch(pad, &value)
    return kind == ERR ? nil : (UInt32(value), kind == KEY_CODE_YES)
  }

  private func special(_ code: UInt32) -> Found {
    let code = Int32(bitPattern: code)
    if code == Self.pasteStart { return .event(.paste(paste())) }
    if code == Self.mouseStart { return mouse().map { .event(.mouse($0)) } ?? .noise }
    if code == Self.backgroundStart {
      return background().map { .event(.background($0)) } ?? .noise
    }
    if code == Self.oldMouseStart { return oldMouse().map { .event(.mouse($0)) } ?? .noise }
    let index = Int(code - Self.firstSequence)
    if KeySequences.all.indices.contains(index) { return .event(.key(KeySequences.all[index].key)) }
    return Self.named[code].map { .event(.key($0)) } ?? .noise
  }

  /// The next character of a sequence that has begun; nil when it does not come.
  private func rest() -> UInt32? {
    while true {
      if let (value, isKey) = next() { return isKey ? nil : value }
      var waiting = pollfd(fd: device, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Self.reportLimit) > 0, waiting.revents & Int16(POLLIN) != 0 else {
        return nil
      }
    }
  }

  /// The longest report there is: three numbers of a large screen.
  private static let longestReport = 24

  private func mouse() -> MouseEvent? {
    var text = ""
    while let value = rest(), text.utf8.count < Self.longestReport,
      let scalar = Unicode.Scalar(value)
    {
      text.unicodeScalars.append(scalar)
      if scalar == "M" || scalar == "m" { return MouseEvent(report: text) }
    }
    return nil
  }

  /// The rest of an answer to OSC 11, which ends with BEL or `ESC \\`.
  private func background() -> TerminalBackground? {
    var text = ""
    while let value = rest(), text.utf8.count < 2 * Self.longestReport,
      let scalar = Unicode.Scalar(value)
    {
      if value == 7 { break }
      if value == 27 {
        _ = rest()
        break
      }
      text.unicodeScalars.append(scalar)
    }
    return TerminalBackground(report: text)
  }

  /// Terminals without mode 1006: each number is a character 32 further on. Which button went up
  /// is not told.
  private func oldMouse() -> MouseEvent? {
    guard let code = rest(), let x = rest(), let y = rest(), code >= 32, x > 32, y > 32 else {
      return nil
    }
    let button = Int(code) - 32
    return MouseEvent(
      code: button & 3 == 3 && button < 32 ? button & ~3 : button,
      isUp: button & 3 == 3 && button < 32, x: Int(x) - 33, y: Int(y) - 33)
  }

  /// Escape by itself, Alt and a character, or a sequence that terminfo does not list.
  private func afterEscape() -> Found {
    guard let (value, isKey) = next() else { return .event(.key(.escape)) }
    if isKey { return special(value) }
    if value == 0x5B || value == 0x4F, skipSequence() { return .noise }
    if value == 127 || value == 8 { return .event(.key(.altBackspace)) }
    guard let scalar = Unicode.Scalar(value), value >= 32 else {
      return Self.plain(value).map { .event(.key($0)) } ?? .noise
    }
    return .event(.key(.alt(Character(scalar))))
  }

  /// The rest of `ESC [ …` up to its final byte; false when there is none.
  private func skipSequence() -> Bool {
    var hasAny = false
    while let (value, _) = next() {
      hasAny = true
      if (0x40...0x7E).contains(value) { break }
    }
    return hasAny
  }

  private func paste() -> String {
    var text = ""
    var isReturn = false
    while true {
      guard let (value, isKey) = next() else {
        var waiting = pollfd(fd: device, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 0, Self.pasteTimeout) > 0 else { return text }
        continue
      }
      if isKey {
        if Int32(bitPattern: value) == Self.pasteEnd { return text }
        continue
      }
      guard let scalar = Unicode.Scalar(value) else { continue }
      if scalar == "\n", isReturn { continue }
      isReturn = scalar == "\r"
      text.unicodeScalars.append(isReturn ? "\n" : scalar)
    }
  }

  /// The key of a character; nil for what no key sends.
  static func plain(_ value: UInt32) -> Key? {
    switch value {
    case 0: return .control(" ")
    case 8, 127: return .backspace
    case 9: return .tab
    // Line feed too: some terminals and all scripts send it for Enter.
    case 10, 13: return .enter
    case 27: return .escape
    case 1...26: return Unicode.Scalar(value + 96).map { .control(Character($0)) }
    case 28...31: return Unicode.Scalar(value + 64).map { .control(Character($0)) }
    case 0x80...0x9F: return nil
    default: return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }

  /// Keys by curses' codes.
  static let named: [Int32: Key] = {
    var keys: [Int32: Key] = [
      KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
      KEY_END: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_ENTER: .enter,
      KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert, KEY_BTAB: .backTab,
      KEY_SR: .shiftUp, KEY_SF: .shiftDown, KEY_SLEFT: .shiftLeft, KEY_SRIGHT: .shiftRight,

      KEY_FIND: .home, KEY_SELECT: .end,
    ]
    for number in 1...12 { keys[KEY_F0 + Int32(number)] = .function(number) }
    return keys
  }()
}
