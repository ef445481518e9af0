/// SQL's LIKE: `%` stands for any run of characters, `_` for one, and the whole text must match.
struct LikePattern {
  private enum Piece {
    case anyRun
    case anyOne
    case byte(UInt8)
  }

  private let pieces: [Piece]

  init(_ pattern: String) {
    pieces = pattern.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "%"): .anyRun
      case UInt8(ascii: "_"): .anyOne
      default: .byte(byte)
      }
    }
  }

  /// - Complexity: O(text × pattern) at worst: only the last `%` is ever tried again.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    var piece = 0
    var retry: (piece: Int, index: Int)?
    while index < text.count {
      if piece < pieces.count {
        switch pieces[piece] {
        case .anyRun:
          retry = (piece + 1, index)
          piece += 1
          continue
        case .anyOne:
          index = Self.next(text, index)
          piece += 1
          continue
        case .byte(let byte) where byte == text[index]:
          index += 1
          piece += 1
          continue
        case .byte: break
        }
      }
      guard let last = retry else { return false }
      index = Self.next(text, last.index)
      piece = last.piece
      retry = (last.piece, index)
    }
    return pieces[piece...].allSatisfy { if case .anyRun = $0 { true } else { false } }
  }

  /// The start of the next character.
  private static func next(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    var next = index + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
