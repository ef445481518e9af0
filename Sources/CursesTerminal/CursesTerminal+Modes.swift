import CNcurses
import Themes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension CursesTerminal {
  /// Keys as they come, no echo, Enter told from Ctrl-J, Ctrl-S and Ctrl-V for the program.
  static func setModes(_ fd: Int32) {
    cbreak()
    noecho()
    nonl()
    // A lone Escape would otherwise be reported a second late.
    set_escdelay(25)
    var modes = termios()
    if tcgetattr(fd, &modes) == 0 {
      modes.c_iflag &= ~tcflag_t(IXON)
      modes.c_lflag &= ~tcflag_t(IEXTEN)
      _ = tcsetattr(fd, TCSANOW, &modes)
    }
    def_prog_mode()
    curs_set(0)
    leaveok(curses_screen(), false)
  }

  static func depth(_ type: TerminalType) -> ColorDepth {
    // Pairs crash the library where colours did not start (ncurses 6.4, TERM=vt100).
    guard !type.refusesColor, has_colors(), start_color() != ERR else { return .none }
    use_default_colors()
    return switch curses_colors() {
    case 16_777_216...: .full
    case 256...: .palette
    case 16...: .sixteen
    case 8...: .eight
    default: .none
    }
  }
}
