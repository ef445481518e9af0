/// Characters whose picture must meet that of the next cell: lines, blocks, braille.
enum CellShape {
  private static let stroke = 1.2

  /// The outline as SVG path data; nil for a character that a font should draw.
  static func path(_ character: Character, _ x: Int, _ y: Int) -> String? {
    guard let value = character.unicodeScalars.first?.value else { return nil }
    let left = Double(x) * GridPicture.cellWidth
    let top = Double(y) * GridPicture.cellHeight
    switch value {
    case 0x2800...0x28FF: return braille(UInt8(value - 0x2800), left, top)
    case 0x2580...0x2590, 0x2594, 0x2595: return block(value, left, top)
    case 0x2500, 0x2502, 0x256D...0x2570, 0x2501, 0x251C, 0x2514:
      return line(value, left, top)
    default: return nil
    }
  }

  private static func rect(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    let number = GridPicture.number
    return "M\(number(x)) \(number(y))h\(number(width))v\(number(height))h-\(number(width))z"
  }

  private static func block(_ value: UInt32, _ left: Double, _ top: Double) -> String? {
    let (width, height) = (GridPicture.cellWidth, GridPicture.cellHeight)
    switch value {
    case 0x2580: return rect(left, top, width, height / 2)
    case 0x2581...0x2588:
      let part = Double(value - 0x2580) / 8 * height
      return rect(left, top + height - part, width, part)
    case 0x2589...0x258F: return rect(left, top, Double(0x2590 - value) / 8 * width, height)
    case 0x2590: return rect(left + width / 2, top, width / 2, height)
    case 0x2594: return rect(left, top, width, height / 8)
    case 0x2595: return rect(left + width * 7 / 8, top, width / 8, height)
    default: return nil
    }
  }

  private static func braille(_ bits: UInt8, _ left: Double, _ top: Double) -> String {
    let indices: [(bit: UInt8, x: Double, y: Double)] = [
      (0x01, 0, 0), (0x02, 0, 1), (0x04, 0, 2), (0x40, 0, 3),
      (0x08, 1, 0), (0x10, 1, 1), (0x20, 1, 2), (0x80, 1, 3),
    ]
    let size = 1.8
    var path = ""
    for index in indices where bits & index.bit != 0 {
      let x = left + (index.x + 0.5) * GridPicture.cellWidth / 2 - size / 2
      let y = top + (index.y + 0.5) * GridPicture.cellHeight / 4 - size / 2
      path += rect(x, y, size, size)
    }
    return path
  }

  /// Which of the four arms a line has, from the middle of its cell.
  private static func line(_ value: UInt32, _ left: Double, _ top: Double) -> String {
    let (width, height) = (GridPicture.cellWidth, GridPicture.cellHeight)
    let thick = value == 0x2501 ? stroke * 2.2 : stroke
    let (x, y) = (left + width / 2, top + height / 2)
    let hasLeft = [0x2500, 0x2501, 0x256E, 0x256F].contains(value)
    let hasRight = [0x2500, 0x2501, 0x256D, 0x2570, 0x251C, 0x2514].contains(value)
    let hasUp = [0x2502, 0x256F, 0x2570, 0x251C, 0x2514].contains(value)
    let hasDown = [0x2502, 0x256D, 0x256E, 0x251C].contains(value)
    var path = ""
    if hasLeft { path += rect(left, y - thick / 2, width / 2 + thick / 2, thick) }
    if hasRight { path += rect(x - thick / 2, y - thick / 2, width / 2 + thick / 2, thick) }
    if hasUp { path += rect(x - thick / 2, top, thick, height / 2 + thick / 2) }
    if hasDown { path += rect(x - thick / 2, y - thick / 2, thick, height / 2 + thick / 2) }
    return path
  }
}
