import Screen

/// What terminals send for keys that terminfo lists seldom, or as something else.
///
/// These win over terminfo's entries: what is listed here is the same in all terminals.
enum KeySequences {
  static let all: [(text: String, key: Key)] = modified + keypad

  /// xterm's modifiers: 3 is Alt, 5 is Ctrl, 7 both; with Shift one more. Terminals and their
  /// users differ in which of them moves by words.
  private static let modified: [(String, Key)] =
    [3, 5, 7].flatMap { number -> [(String, Key)] in
      let keys: [(String, Key)] = [
        ("A", .controlUp), ("B", .controlDown), ("C", .controlRight), ("D", .controlLeft),
        ("H", .controlHome), ("F", .controlEnd),
      ]
      let ends = [number, number + 1]
      return ends.flatMap { modifier in
        keys.map { ("\u{1B}[1;\(modifier)\($0.0)", $0.1) }
          + [("\u{1B}[3;\(modifier)~", Key.controlDelete)]
      }
    } + rxvt

  private static let rxvt: [(String, Key)] = [
    ("\u{1B}Od", .controlLeft), ("\u{1B}Oc", .controlRight),
    ("\u{1B}Oa", .controlUp), ("\u{1B}Ob", .controlDown),
    ("\u{1B}[3^", .controlDelete), ("\u{1B}[7^", .controlHome), ("\u{1B}[8^", .controlEnd),
  ]

  /// The keypad in application mode, which curses asks for: digits, signs and Enter.
  private static let keypad: [(String, Key)] =
    (0...9).map { digit in
      // p is 0, and so on.
      (
        "\u{1B}O\(Character(Unicode.Scalar(UInt8(ascii: "p") + UInt8(digit))))",
        .character(Character("\(digit)"))
      )
    } + [
      ("\u{1B}OM", .enter), ("\u{1B}Oj", .character("*")), ("\u{1B}Ok", .character("+")),
      ("\u{1B}Ol", .character(",")), ("\u{1B}Om", .character("-")), ("\u{1B}On", .character(".")),
      ("\u{1B}Oo", .character("/")), ("\u{1B}OX", .character("=")),
    ]
}
