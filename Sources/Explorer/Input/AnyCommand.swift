/// A command of whatever component, for menus and the palette.
package struct AnyCommand: Sendable {
  /// The screen that performs it; nil: the program.
  package let screen: ScreenID?
  let command: any Sendable

  package init(_ command: GlobalCommand) { (screen, self.command) = (nil, command) }

  package init<Model: ScreenComponent>(_ type: Model.Type, _ command: Model.Command) {
    (screen, self.command) = (type.id, command)
  }
}
