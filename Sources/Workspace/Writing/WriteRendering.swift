package import QueryLanguage

/// What only whoever draws can make: pictures of the screen, and a trace as text.
package struct WriteRendering: Sendable {
  /// The screen as a picture.
  package var screenSVG: @Sendable () -> String
  /// The screen as lines of text.
  package var screenText: @Sendable () -> String
  /// A waterfall as lines of text.
  package var traceText: @Sendable (TraceView) -> String

  package init(
    screenSVG: @escaping @Sendable () -> String, screenText: @escaping @Sendable () -> String,
    traceText: @escaping @Sendable (TraceView) -> String
  ) {
    (self.screenSVG, self.screenText, self.traceText) = (screenSVG, screenText, traceText)
  }
}
