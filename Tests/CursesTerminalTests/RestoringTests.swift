import Testing

@testable import CursesTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What gives the terminal back, apart from the terminal.
@Suite struct RestoringTests {
  @Test("every signal that ends a program by default is caught, but those that cannot be")
  func signals() {
    let caught = Set(TerminalRestore.leaving + TerminalRestore.crashing)
    // POSIX.1, signals whose default action is termination, with or without a core.
    let ending = [
      SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGHUP, SIGILL, SIGINT, SIGQUIT, SIGSEGV, SIGSYS, SIGTERM,
      SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ, SIGPROF,
    ]
    #expect(ending.filter { !caught.contains($0) } == [])
    #expect(!caught.contains(SIGKILL) && !caught.contains(SIGSTOP))
  }

  @Test("a frame that is shown in one piece is ended on every way out")
  func modes() {
    #expect(TerminalSequences.modesOff.contains("\u{1B}[?2026l"))
    #expect(TerminalSequences.modesOff.contains("\u{1B}[?2004l"))
  }

  @Test("whatever mode is switched on is switched off, and the mouse only where it is wanted")
  func mouse() {
    let on = TerminalSequences.modesOn(mouse: true)
    let modes = on.split(separator: "\u{1B}").map { $0.dropFirst(2).dropLast() }
    #expect(modes.contains("1002") && modes.contains("1006"))
    for mode in modes {
      #expect(TerminalSequences.modesOff.contains("\u{1B}[?\(mode)l"), "\(mode)")
    }
    #expect(!TerminalSequences.modesOn(mouse: false).contains("100"))
  }

  @Test(
    "delays in a terminal's strings are left out",
    arguments: [
      ("\u{1B}[0m$<5>", "\u{1B}[0m"), ("a$<1.5/>b", "ab"), ("a$b", "a$b"), ("$<5", "$<5"),
      ("", ""), ("$", "$"),
    ])
  func padding(text: String, plain: String) {
    #expect(TerminalSequences.withoutPadding(text) == plain)
  }

  @Test("24 bits are asked for where xterm's entry serves, and never inside tmux")
  func terminalTypes() {
    func candidates(_ environment: [String: String]) -> [String] {
      TerminalType { environment[$0] }.candidates
    }
    #expect(candidates(["TERM": "vt100"]) == ["vt100"])
    let direct = candidates(["TERM": "xterm-256color", "COLORTERM": "truecolor"])
    #expect(direct.contains("xterm-256color") && direct.first?.hasPrefix("xterm-direct") == true)
    #expect(
      candidates(["TERM": "xterm-256color", "COLORTERM": "truecolor", "TMUX": "x"]).first
        == "xterm-256color")
    #expect(TerminalType { $0 == "NO_COLOR" ? "1" : nil }.refusesColor)
    #expect(!TerminalType { $0 == "NO_COLOR" ? "" : nil }.refusesColor)
  }

  @Test(
    "a terminal that this machine has never heard of is taken for xterm, with all its colours",
    arguments: ["xterm-ghostty", "xterm-kitty", "foot", "alacritty", "wezterm", "foot-direct"])
  func unknownTypes(term: String) {
    let found = TerminalType { $0 == "TERM" ? term : nil }.candidates
    #expect(found.first?.hasPrefix("xterm-direct") == true && found.contains(term))
    #expect(Array(found.suffix(2)) == ["xterm-256color", "xterm"])
    let inTmux = TerminalType { ["TERM": term, "TMUX": "x"][$0] }.candidates
    #expect(inTmux.first == term)
  }

  @Test("what is like nothing known is not guessed at")
  func strangeTypes() {
    #expect(TerminalType { $0 == "TERM" ? "wyse60" : nil }.candidates == ["wyse60"])
    let other = TerminalType { $0 == "TERM" ? "st-256color" : nil }.candidates
    #expect(other == ["st-256color", "xterm-256color", "xterm"])
  }
}
