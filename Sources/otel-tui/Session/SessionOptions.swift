import Telemetry
import Themes
import Workspace

/// How a session on the screen begins.
struct SessionOptions {
  var workspace = WorkspaceOptions()
  var theme = Theme.standard
  var isASCII = false
  /// Shown at once on the Query screen.
  var query: String?
}
