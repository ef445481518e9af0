/// Everything that can lie over a screen. A new one is a file here and a row of this table.
package enum OverlayTable {
  package static let types: [any Overlay.Type] = [
    ScrollText.self, Menu.self, Palette.self, TimePrompt.self,
  ]
}
