import Telemetry

extension CursesTerminal {
  /// Sends the text to the clipboard of the terminal, wherever that runs (OSC 52).
  ///
  /// Whether the terminal took it cannot be known. What is longer than 74,994 bytes encoded, the
  /// least limit among common terminals, is not sent.
  package func copy(_ text: String) {
    let encoded = Base64.text(text.utf8)
    guard encoded.utf8.count <= 74_994 else { return }
    let sequence = "\u{1B}]52;c;\(encoded)\u{07}"
    device.send(sequence)
    // tmux takes the plain form only with set-clipboard on, this one with allow-passthrough.
    if type.isTmux {
      device.send("\u{1B}Ptmux;" + "\u{1B}" + sequence + "\u{1B}\\")
    }
  }
}
