import Foundation
import Screen
import Testing

@testable import Themes

@Suite struct GridPictureTests {
  @Test("what XML reserves is escaped, and blanks are not drawn")
  func escaping() throws {
    var grid = Grid(width: 12, height: 1)
    grid.put("<a> & \"b\"", x: 0, y: 0)
    let svg = GridPicture.svg(grid, .standard)
    #expect(svg.contains(">&lt;a&gt;&amp;&quot;b&quot;</text>"))
  }

  @Test("a picture of anything is well-formed")
  func wellFormed() throws {
    var grid = Grid(width: 40, height: 12)
    grid.box(grid.bounds, title: "Rate & <co>", isFocused: true)
    for (row, role) in Role.allCases.prefix(8).enumerated() {
      grid.put("日本 e\u{301} 🚀 \u{1B}[31m", x: 2, y: row + 1, Ink(role, [.bold, .underline]))
      grid.bar(x: 20, y: row + 1, from: 0.4, to: 8.7, width: 10, Ink(role))
      grid.heat(x: 32, y: row + 1, upper: 0.2, lower: 0.9)
    }
    grid[0, 0] = Cell("\u{8}")
    grid.shade(Rect(x: 1, y: 2, width: 30, height: 1), .selection)
    for name in Theme.builtinNames {
      let svg = try GridPicture.svg(grid, Theme.load(name))
      #expect(Well.formed(svg), "\(name)")
    }
  }

  @Test("a character that takes two units has an element of its own")
  func indices() {
    var grid = Grid(width: 8, height: 1)
    grid.put("ae\u{301}b", x: 0, y: 0)
    let svg = GridPicture.svg(grid, .standard)
    #expect(svg.contains("<text x=\"0 16.8\" y=\"13.5\""))
    #expect(svg.contains(">e\u{301}</text>"))
  }

  @Test("blocks and braille are shapes with the size of their part of a cell")
  func shapes() {
    var grid = Grid(width: 3, height: 1)
    grid.put("█▄⠁", x: 0, y: 0)
    let svg = GridPicture.svg(grid, .standard)
    #expect(svg.contains("M0 0h8.4v18h-8.4z"))
    #expect(svg.contains("M8.4 9h8.4v9h-8.4z"))
    #expect(!svg.contains("<text"))
  }

  @Test("numbers have no more decimals than needed")
  func numbers() {
    #expect(GridPicture.number(12) == "12")
    #expect(GridPicture.number(8.4) == "8.4")
    #expect(GridPicture.number(1.049) == "1.05")
    #expect(GridPicture.number(-0.5) == "-0.5")
  }
}

/// Whether tags close in order and no reserved character stands in a text.
private enum Well {
  static func formed(_ svg: String) -> Bool {
    var open: [Substring] = []
    var rest = svg[...]
    while let start = rest.firstIndex(of: "<") {
      let text = rest[..<start]
      if text.contains(">")
        || text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" })
      {
        return false
      }
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    return open.isEmpty
  }
}
