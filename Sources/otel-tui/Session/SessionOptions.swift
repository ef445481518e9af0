import Intake
import Telemetry
import Themes

/// How a session on the screen begins.
struct SessionOptions {
  var files: [String] = []
  var follows = false
  var readsStandardInput = false
  /// nil: nothing listens.
  var addresses: [ReceiverPort: ListenAddress] = [:]
  var memory = ByteCount(1 << 30)
  var theme = Theme.standard
  var isASCII = false
  /// Shown at once on the Query screen.
  var query: String?
  var demo: DemoTraffic?
}
