package import Screen

/// Roles and ramps as colours.
package struct Theme: Hashable, Sendable {
  package var name: String
  private(set) var roles: [Role: Entry]
  private(set) var heat: [Color]

  struct Entry: Hashable, Sendable {
    var front: Color?
    var back: Color?
    /// Front of a text of another role that stands on this one's background.
    var frontOn: Color?
    var style: Ink.Style = []
  }

  /// What a cell looks like.
  package struct Look: Hashable, Sendable {
    package var front: Color
    package var back: Color
    package var style: Ink.Style
  }

  init(name: String, roles: [Role: Entry], heat: [Color]) {
    (self.name, self.roles, self.heat) = (name, roles, heat)
  }

  /// Whether any colour needs more than the terminal's own sixteen.
  package var usesRGB: Bool {
    roles.values.contains { entry in
      [entry.front, entry.back].contains { if case .rgb? = $0 { true } else { false } }
    }
  }

  /// The look of an ink on a terminal of this depth.
  ///
  /// Without colours, backgrounds that mean something become reverse, underline or bold.
  package func look(_ ink: Ink, _ depth: ColorDepth) -> Look {
    let base = roles[.text]
    var look = Look(
      front: base?.front ?? .standard, back: base?.back ?? .standard, style: ink.style)
    switch ink.front {
    case .heat(let level): look.front = heatColor(level, depth)
    case .role(let role):
      let entry = roles[role]
      look.front = entry?.front ?? look.front
      look.style.formUnion(entry?.style ?? [])
      // A role drawn by itself brings its background along, as a match does.
      if ink.back == nil, let back = entry?.back, role != .text { look.back = back }
    }
    switch ink.back {
    case nil: break
    case .heat(let level)?: look.back = heatColor(level, depth)
    case .role(let role)?: applyBack(role, ink.front, &look)
    }
    if depth == .none { look = withoutColor(look, ink) }
    return look
  }

  private func applyBack(_ role: Role, _ front: Ink.Tone, _ look: inout Look) {
    guard let entry = roles[role] else { return }
    if let back = entry.back { look.back = back }
    let isPlain = front == .role(.text) || front == .role(.dim) || front == .role(role)
    if isPlain {
      look.front = entry.frontOn ?? (front == .role(role) ? entry.front : nil) ?? look.front
    }
    look.style.formUnion(entry.style)
  }

  private func withoutColor(_ look: Look, _ ink: Ink) -> Look {
    var plain = Look(front: .standard, back: .standard, style: look.style)
    if case .role(let role)? = ink.back {
      switch role {
      case .selection, .headerActive, .inputCursor, .marked: plain.style.insert(.reverse)
      case .selectionDim: plain.style.insert(.underline)
      case .match: plain.style.formUnion([.bold, .underline])
      default: break
      }
    }
    if case .role(let role) = ink.front {
      switch role {
      case .dim, .border, .gridline, .axis: plain.style.insert(.dim)
      case .error, .key, .accent, .title, .borderFocus, .critical: plain.style.insert(.bold)
      case .match: plain.style.formUnion([.bold, .underline])
      default: break
      }
    }
    return plain
  }

  /// A step of the ramp, between the colours of the theme; few colours have fewer steps, in the
  /// order of their lightness.
  private func heatColor(_ level: UInt8, _ depth: ColorDepth) -> Color {
    if depth <= .sixteen {
      let steps: [UInt8] = depth == .sixteen ? [4, 12, 6, 14, 10, 11, 15] : [4, 5, 6, 2, 3, 7]
      return .ansi(steps[Int(level) * (steps.count - 1) / 255])
    }
    guard heat.count > 1 else { return .ansi(7) }
    let place = Double(level) / 255 * Double(heat.count - 1)
    let first = min(heat.count - 2, Int(place))
    let share = place - Double(first)
    let a = heat[first].components(standard: (0, 0, 0))
    let b = heat[first + 1].components(standard: (0, 0, 0))
    let mix = { (x: UInt8, y: UInt8) in UInt8(Double(x) + (Double(y) - Double(x)) * share) }
    return .rgb(red: mix(a.red, b.red), green: mix(a.green, b.green), blue: mix(a.blue, b.blue))
  }
}
