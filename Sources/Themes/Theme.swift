package import Screen

/// Roles and ramps as colours.
package struct Theme: Hashable, Sendable {
  /// What its file says, or else the name or path it was loaded by.
  package var name: String
  var roles: [Role: Entry]
  var heat: HeatRamp

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
    /// The role's own together with the ink's.
    package var style: Ink.Style
  }

  init(name: String, roles: [Role: Entry], heat: HeatRamp) {
    (self.name, self.roles, self.heat) = (name, roles, heat)
  }

  /// Whether a heatmap has colours; without, a shade of characters carries the value.
  package var hasRamp: Bool { !heat.isEmpty }

  /// Whether any colour needs more than the terminal's own sixteen.
  package var usesRGB: Bool {
    roles.values.contains { entry in
      [entry.front, entry.back].contains { if case .rgb? = $0 { true } else { false } }
    }
  }
}
