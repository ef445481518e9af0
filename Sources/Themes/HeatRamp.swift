/// The colours of a heatmap from least to most, for each depth.
struct HeatRamp: Hashable, Sendable {
  /// 32 steps are more than an eye tells apart, and pairs of them fit every terminal.
  private static let stepCount = 32

  /// As the theme's file has them; none means characters of growing weight instead.
  let colors: [Color]
  private let full: [Color]
  private let palette: [Color]

  init(_ colors: [Color]) {
    self.colors = colors
    full = colors.count > 1 ? (0..<Self.stepCount).map { Self.mixed(colors, $0) } : []
    palette = Self.inPalette(full)
  }

  var isEmpty: Bool { full.isEmpty }

  func color(_ level: UInt8, _ depth: ColorDepth) -> Color {
    guard !isEmpty else { return .standard }
    // Few colours have few steps, in the order of their usual lightness.
    let steps: [Color] =
      switch depth {
      case .none: [.standard]
      case .eight: [4, 6, 2, 3, 7].map(Color.ansi)
      case .sixteen: [4, 12, 6, 14, 11, 15].map(Color.ansi)
      case .palette: palette
      case .full: full
      }
    return steps[Int(level) * steps.count / 256]
  }

  private static func mixed(_ colors: [Color], _ step: Int) -> Color {
    let index = Double(step) / Double(stepCount - 1) * Double(colors.count - 1)
    let first = min(colors.count - 2, Int(index))
    let share = index - Double(first)
    let a = colors[first].components(standard: (0, 0, 0))
    let b = colors[first + 1].components(standard: (0, 0, 0))
    let mix = { (x: UInt8, y: UInt8) in
      UInt8((Double(x) + (Double(y) - Double(x)) * share).rounded())
    }
    return .rgb(red: mix(a.red, b.red), green: mix(a.green, b.green), blue: mix(a.blue, b.blue))
  }

  /// The nearest of the 256 colours, leaving out those that would turn the lightness back: the
  /// cube is coarse where ramps are dark, and a ramp that is not monotone misleads.
  private static func inPalette(_ full: [Color]) -> [Color] {
    guard let first = full.first, let last = full.last else { return [] }
    let rises = lab(last).lightness > lab(first).lightness
    var steps: [Color] = []
    for color in full {
      guard let number = color.number(at: .palette), number >= 16 else { continue }
      let (red, green, blue) = XtermPalette.colors[number - 16]
      // A grey would be nearest to the darkest blues, and reads as no colour.
      let isGrey = red == green && green == blue
      let step = Color.rgb(red: red, green: green, blue: blue)
      if isGrey, abs(lab(color).a) + abs(lab(color).b) > 0.03 { continue }
      if let before = steps.last {
        let change = lab(step).lightness - lab(before).lightness
        guard rises ? change > 0.005 : change < -0.005 else { continue }
      }
      steps.append(step)
    }
    return steps.isEmpty ? full : steps
  }

  private static func lab(_ color: Color) -> OKLab {
    let (red, green, blue) = color.components(standard: (0, 0, 0))
    return OKLab(red: red, green: green, blue: blue)
  }

  /// Lightness of each step as shown at a depth that has fixed colours.
  func lightness(at depth: ColorDepth) -> [Double] {
    (depth == .palette ? palette : full).map { Self.lab($0).lightness }
  }
}
