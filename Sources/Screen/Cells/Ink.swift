/// How a cell is drawn: what its colours mean, not what they are.
package struct Ink: Hashable, Sendable {
  package var front: Tone
  /// Nil: a text or a bar keeps the background it is put on; elsewhere it is the ordinary one, or
  /// what the theme gives the role in front.
  package var back: Tone?
  /// Beside what the theme has for the role.
  package var style: Style

  /// - Parameter back: nil is the ordinary background.
  package init(_ role: Role, back: Role? = nil, _ style: Style = []) {
    self.init(front: .role(role), back: back.map(Tone.role), style)
  }

  package init(front: Tone, back: Tone? = nil, _ style: Style = []) {
    (self.front, self.back, self.style) = (front, back, style)
  }

  /// A role, or a step of a ramp from 0 (least) to 255.
  package enum Tone: Hashable, Sendable {
    case role(Role)
    case heat(UInt8)
  }

  package struct Style: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Style(rawValue: 1 << 0)
    package static let dim = Style(rawValue: 1 << 1)
    package static let italic = Style(rawValue: 1 << 2)
    package static let underline = Style(rawValue: 1 << 3)
    package static let reverse = Style(rawValue: 1 << 4)
    /// A shade of its colour nearer to that of text, where the theme knows what it looks like: two
    /// neighbours of one colour are told apart. No terminal ever sees it.
    package static let shaded = Style(rawValue: 1 << 5)
  }

  package static let text = Ink(.text)
  package static let dim = Ink(.dim)
  package static let title = Ink(.title, .bold)
  package static let border = Ink(.border)
  package static let error = Ink(.error)

  package init(_ role: Role, _ style: Style) { self.init(role, back: nil, style) }

  /// The same with these styles too.
  package func with(_ style: Style) -> Ink {
    Ink(front: front, back: back, self.style.union(style))
  }
  /// The same on the background of a role.
  package func on(_ role: Role) -> Ink { Ink(front: front, back: .role(role), style) }
}
