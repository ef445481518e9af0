/// A command of whatever screen, for the palette.
package enum AnyCommand: Sendable {
  case global(GlobalCommand)
  case home(HomeModel.Command)
  case query(QueryModel.Command)
  case traces(TracesModel.Command)
  case trace(TraceModel.Command)
}
