import Screen
import Testing

@testable import Themes

@Suite struct ColorTests {
  @Test("colours are read by name and by number")
  func reading() {
    #expect(Color("default") == .standard)
    #expect(Color("red") == .ansi(1))
    #expect(Color("bright-white") == .ansi(15))
    #expect(Color("#0a0B0c") == .rgb(red: 10, green: 11, blue: 12))
    for text in ["", "#", "#12", "#12345g", "redd", "bright-", "bright-pink", "#+12345"] {
      #expect(Color(text) == nil, "\(text)")
    }
  }

  // Numbers of xterm's palette: 16 + 36r + 6g + b with steps 0 95 135 175 215 255; greys 232…255.
  @Test(
    "24-bit colours find their neighbour among 256",
    arguments: [
      ("#ff0000", 196), ("#00ff00", 46), ("#0000ff", 21), ("#000000", 16), ("#ffffff", 231),
      ("#5f87af", 67), ("#808080", 244), ("#121212", 233), ("#ff8700", 208), ("#fe8800", 208),
    ])
  func palette(_ text: String, _ number: Int) {
    #expect(Color(text)?.number(at: .palette) == number)
  }

  @Test("the terminal's own colours stay what they are, the bright ones as far as there are any")
  func own() {
    #expect(Color.standard.number(at: .full) == nil)
    #expect(Color.ansi(11).number(at: .full) == 11)
    #expect(Color.ansi(11).number(at: .sixteen) == 11)
    #expect(Color.ansi(11).number(at: .eight) == 3)
    #expect(Color.ansi(11).number(at: .none) == nil)
  }

  @Test("a direct colour is never taken for one of the palette")
  func direct() {
    #expect(Color("#102030")?.number(at: .full) == 0x10_2030)
    #expect(Color("#000007")?.number(at: .full) == 0x01_0007)
    #expect(Color("#0000ff")?.number(at: .full) == 0x01_00FF)
  }

  // Reference values of the article: white is (1, 0, 0), black (0, 0, 0).
  @Test("lightness is that of the article")
  func lightness() {
    let white = OKLab(red: 255, green: 255, blue: 255)
    #expect(abs(white.lightness - 1) < 1e-3 && abs(white.a) < 1e-3 && abs(white.b) < 1e-3)
    #expect(OKLab(red: 0, green: 0, blue: 0).lightness == 0)
    let red = OKLab(red: 255, green: 0, blue: 0)
    #expect(abs(red.lightness - 0.628) < 1e-3)
    #expect(abs(red.a - 0.225) < 1e-3 && abs(red.b - 0.126) < 1e-3)
  }
}
