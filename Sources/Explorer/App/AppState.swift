import QueryLanguage
import Telemetry

/// Everything on the screen, and nothing else: the same state is the same picture.
package struct AppState: Sendable {
  /// What every component may look at.
  package internal(set) var context = Context()
  package internal(set) var screens = Screens()
  /// The one that is shown.
  package internal(set) var screen = ScreenTable.types[0].id
  /// Where `Esc` leads, the nearest last.
  package internal(set) var trail: [ScreenID] = []
  /// What lies over the screen and has the keys.
  package internal(set) var overlay: (any Overlay)?
  /// News at the foot, gone with the next key.
  package internal(set) var notice: Notice? {
    didSet { noticeShownAt = notice == nil ? nil : context.now }
  }
  /// When it came; nil while there is none.
  var noticeShownAt: UnixNanos?
  /// Nil while nothing is being loaded that takes long.
  package internal(set) var loading: LoadProgress?
  /// What the mouse is doing.
  var pointing = Pointing()
  /// Of the time range.
  var timePast = Past<TimeClause?>()
  /// Requests without a response.
  var requests = OpenRequests()
  /// Of what the visible screen asked.
  var freshness = Freshness()
  /// Of the fields and values known.
  var catalogFreshness = Freshness()

  /// As it is before ``Action/start(_:)``: 80 by 24 cells, nothing asked for.
  package init() {}

  /// A screen by its type.
  package subscript<Model: ScreenComponent>(type: Model.Type) -> Model { screens[type] }

  /// The screen that the header shows as the one where the person is: what lies over another
  /// screen has no number of its own.
  package var numberedScreen: ScreenID {
    let isNumbered = { (id: ScreenID) in ScreenTable.numbered.contains { $0.type.id == id } }
    return isNumbered(screen) ? screen : trail.last ?? TracesModel.id
  }

  /// Whether printable keys are text at the moment.
  package var isTyping: Bool { screens[screen].isTyping }
}
