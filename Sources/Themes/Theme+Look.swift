package import Screen

extension Theme {
  /// The look of an ink on a terminal of this depth.
  ///
  /// With sixteen colours or fewer a theme of 24-bit colours looks like the default one.
  /// Without colours, backgrounds that mean something become reverse, underline or bold.
  package func look(_ ink: Ink, _ depth: ColorDepth) -> Look {
    // Sixteen colours cannot show a theme's own, only confuse them; the default is made of them.
    if depth <= .sixteen, usesRGB { return Theme.standard.look(ink, depth) }
    let base = roles[.text]
    var look = Look(
      front: base?.front ?? .standard, back: base?.back ?? .standard, style: ink.style)
    switch ink.front {
    case .heat(let level): look.front = heat.color(level, depth)
    case .role(let role):
      let entry = roles[role]
      look.front = entry?.front ?? look.front
      look.style.formUnion(entry?.style ?? [])
      // A role drawn by itself brings its background along, as a match does.
      if ink.back == nil, let back = entry?.back, role != .text { look.back = back }
    }
    switch ink.back {
    case nil: break
    case .heat(let level)?: look.back = heat.color(level, depth)
    case .role(let role)?: applyBack(role, ink.front, &look)
    }
    if look.style.contains(.shaded) {
      look.style.remove(.shaded)
      if let text = base?.front { look.front = look.front.mixed(with: text, share: 0.3) }
    }
    if depth == .none { return withoutColor(look, ink) }
    if depth <= .sixteen { keepApart(ink, depth, &look) }
    return look
  }

  private func applyBack(_ role: Role, _ front: Ink.Tone, _ look: inout Look) {
    guard let entry = roles[role] else { return }
    if entry.style.contains(.reverse) {
      reverse(keeping: front == .role(role) ? nil : front, &look)
      return
    }
    look.style.formUnion(entry.style)
    if let back = entry.back {
      look.back = back
    } else if role.rawValue >= Role.series1.rawValue || role == .error, let own = entry.front {
      // A mark on a bar: the bar's own colour is the ground.
      look.back = own
    }
    if front == .role(role) {
      look.front = entry.front ?? look.front
    } else if let over = entry.frontOn, !isDrawing(front) {
      look.front = over
      // The ground has its own way to be read; faint letters on it are not.
      look.style.remove(.dim)
    } else if front == .role(.text), let own = entry.front {
      look.front = own
    }
  }

  /// The ordinary colours exchanged, which is readable whatever the palette. Text gives up its
  /// colour for that; bars and dots keep theirs, on a ground of the ordinary front.
  private func reverse(keeping front: Ink.Tone?, _ look: inout Look) {
    look.style.remove(.dim)
    look.style.insert(.reverse)
    let base = roles[.text]
    let ordinary = (base?.front ?? .standard, base?.back ?? .standard)
    look.back = front.map(isDrawing) == true ? look.front : ordinary.1
    // Reverse exchanges them again: what is in front here is drawn behind.
    look.front = ordinary.0
  }

  /// Whether a tone draws bars, dots and marks rather than text.
  private func isDrawing(_ tone: Ink.Tone) -> Bool {
    switch tone {
    case .heat, .role(.critical), .role(.event): true
    case .role(let role): role.rawValue >= Role.series1.rawValue
    }
  }

  /// With few colours a background may come out as the ordinary one, or as the front's.
  private func keepApart(_ ink: Ink, _ depth: ColorDepth, _ look: inout Look) {
    guard case .role(let role)? = ink.back, !look.style.contains(.reverse) else { return }
    let back = look.back.number(at: depth)
    let isMeaning = [.selection, .headerActive, .match, .marked, .inputCursor].contains(role)
    if isMeaning, back == (roles[.text]?.back ?? .standard).number(at: depth) {
      reverse(keeping: ink.front, &look)
    } else if back != nil, back == look.front.number(at: depth), !isDrawing(ink.front) {
      look.front = (roles[.text]?.front ?? .standard)
    }
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
    // Faint letters on a reversed ground are hard to read everywhere.
    if plain.style.contains(.reverse) { plain.style.remove(.dim) }
    return plain
  }
}
