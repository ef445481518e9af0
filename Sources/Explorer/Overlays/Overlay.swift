package import QueryLanguage

/// What lies over a screen and has the keys while it does.
package enum Overlay: Sendable {
  case help(ScrollText)
  case palette(Palette)
  case menu(Menu)
  case pager(ScrollText)
}

/// A text in a window, scrolled.
package struct ScrollText: Equatable, Sendable {
  package var title: String
  package var lines: [String]
  package var top = 0

  package init(title: String, lines: [String]) { (self.title, self.lines) = (title, lines) }
}

/// A short list to choose from, such as what to do with a value.
package struct Menu: Sendable {
  package var title: String
  package var items: [Item]
  package var selected = 0

  package init(title: String, items: [Item]) { (self.title, self.items) = (title, items) }

  package struct Item: Sendable {
    package var text: String
    /// A letter that chooses it at once.
    package var shortcut: Character?
    package var wishes: [MenuChoice]

    package init(_ text: String, _ shortcut: Character? = nil, _ wishes: [MenuChoice]) {
      (self.text, self.shortcut, self.wishes) = (text, shortcut, wishes)
    }
  }
}

/// What choosing an item of a menu does.
package enum MenuChoice: Sendable {
  /// A wish of any screen.
  case wish(Wish)
  /// Changes the query on the Query screen, runs it and shows it.
  case edit(QueryEdit)
  case setTime(TimeClause?)
  case setTheme(String)
  /// Something of the Query screen, where the menu was opened.
  case query(QueryModel.Command)
  /// Something of the Trace screen, where the menu was opened.
  case trace(TraceModel.Command)
}

/// A change to the query from a value anywhere on the screens.
package enum QueryEdit: Hashable, Sendable {
  case showOnly(FieldRef, ResultValue)
  case exclude(FieldRef, ResultValue)
  case groupBy(FieldRef)
  case addColumn(FieldRef)
  case visualize(Calculation)
  case and(Filter)
  case setTime(TimeClause?)
}

/// The command palette: everything that can be done now, found by typing.
package struct Palette: Sendable {
  package var title: String
  package var input = TextField()
  package var items: [Item]
  package var selected = 0

  package init(title: String = "Commands", items: [Item]) {
    (self.title, self.items) = (title, items)
  }

  package struct Item: Sendable {
    package var text: String
    package var keys: String
    package var choice: AnyCommand

    package init(text: String, keys: String, choice: AnyCommand) {
      (self.text, self.keys, self.choice) = (text, keys, choice)
    }
  }
}
