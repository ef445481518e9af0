import Explorer
import Telemetry
import Themes
import Workspace

/// How a session on the screen begins.
struct SessionOptions {
  var workspace = WorkspaceOptions()
  var theme = Theme.standard
  /// As the person chose it; `auto` is the one that suits the terminal's background.
  var themeName = Theme.automaticName
  /// What the settings file says.
  var configuredTheme: String?
  var isASCII = false
  /// Clicks are taken; false leaves them to the terminal.
  var hasMouse = true
  /// Quitting asks where spans would be lost.
  var confirmsQuit = true
  var keymap = Keymap()
  var clock = ClockStyle.Mode.local
  /// Shown at once on the Query screen.
  var query: String?
}
