package import QueryLanguage
package import Telemetry

/// One of the lists in the lowest pane of Home: what came last.
package protocol HomeTab: Sendable {
  static var title: String { get }

  init()

  /// Beside the title; 0 is not shown.
  var total: Int { get }
  /// Rows that can be scrolled through.
  var count: Int { get }
  /// The person is on the first row, or there is none.
  var isAtFirst: Bool { get }

  /// Shows only what has a phrase, or everything again; a condition is the engine's to decide.
  mutating func find(_ text: FindText)

  /// The rows shown where there is room for `page` of them.
  func visible(page: Int) -> Range<Int>

  /// What to ask for when everything is asked for anew.
  func ask(_ filter: Filter?, _ context: Context) -> [Intent]

  /// Responses in every slot of Home: those of others are to be passed over. `page` is rows shown.
  mutating func receive(_ response: Response, in slot: Slot, page: Int)

  mutating func receive(_ news: News)

  /// `page` is rows shown.
  mutating func move(_ motion: Motion, page: Int)

  /// The mouse did something to the rows from `first` on.
  mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent]

  /// When the row that the person is on was.
  var cursorTime: UnixNanos? { get }

  /// Opens the row that the person is on.
  func open() -> [Intent]

  /// Copies it.
  func copy() -> [Intent]

  /// What else can be done with it.
  func menu() -> [Intent]

  /// What the row is about, as a selection to be compared, and a word or two about it.
  func comparison() -> (request: CompareRequest, label: String?)?

  /// Opens the neighbour of the trace that was opened from here.
  mutating func walk(_ step: Int, page: Int) -> [Intent]
}

extension HomeTab {
  package var cursorTime: UnixNanos? { nil }
  package func ask(_ filter: Filter?, _ context: Context) -> [Intent] { [] }
  package mutating func receive(_ response: Response, in slot: Slot, page: Int) {}
  package mutating func receive(_ news: News) {}
  package mutating func find(_ text: FindText) {}
  package func menu() -> [Intent] { [] }
  package func comparison() -> (request: CompareRequest, label: String?)? { nil }
  package mutating func walk(_ step: Int, page: Int) -> [Intent] { [] }
}
