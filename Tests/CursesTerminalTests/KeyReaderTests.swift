import Screen
import Testing

@testable import CursesTerminal

@Suite struct KeyReaderTests {
  @Test(
    "characters are keys, by ASCII and by what terminals send for control",
    arguments: [
      (0x61, .character("a")), (0x20, .character(" ")), (0x540D, .character("名")), (0x09, .tab),
      (0x0D, .enter), (0x0A, .enter), (0x1B, .escape), (0x7F, .backspace), (0x08, .backspace),
      (0x01, .control("a")), (0x1A, .control("z")), (0x00, .control(" ")),
      (0x1C, .control("\\")), (0x1F, .control("_")), (0x9B, nil), (0xD800, nil),
    ] as [(UInt32, Key?)])
  func plain(value: UInt32, key: Key?) {
    #expect(KeyReader.plain(value) == key)
  }

  @Test(
    "what xterm sends for Ctrl, Alt and the keypad in application mode is a key",
    arguments: [
      ("\u{1B}[1;5D", .controlLeft), ("\u{1B}[1;5C", .controlRight), ("\u{1B}[1;3D", .controlLeft),
      ("\u{1B}[1;5H", .controlHome), ("\u{1B}[1;5F", .controlEnd), ("\u{1B}[3;5~", .controlDelete),
      ("\u{1B}Op", .character("0")), ("\u{1B}Ow", .character("7")), ("\u{1B}Oy", .character("9")),
      ("\u{1B}OM", .enter), ("\u{1B}Ok", .character("+")),
    ] as [(String, Key)])
  func sequences(text: String, key: Key) {
    #expect(KeySequences.all.filter { $0.text == text }.map(\.key) == [key])
  }

  @Test("no sequence is the beginning of another, which would make it wait")
  func prefixes() {
    let texts = KeySequences.all.map(\.text)
    #expect(Set(texts).count == texts.count)
    for text in texts { #expect(!texts.contains { $0 != text && $0.hasPrefix(text) }, "\(text)") }
  }

  @Test("curses' codes are keys; 0o402 to 0o405 are the arrows, 0o410 begins the function keys")
  func named() {
    let arrows = [0o402, 0o403, 0o404, 0o405].map { KeyReader.named[Int32($0)] }
    #expect(arrows == [.down, .up, .left, .right])
    #expect((1...12).map { KeyReader.named[Int32(0o410 + $0)] } == (1...12).map { .function($0) })
  }
}
