import QueryLanguage

extension TraceModel {
  /// `w`: the formats that the trace, or a part of it, can be written in.
  func writeMenu(_ view: TraceView) -> Menu {
    let formats: [(String, WriteJob.TraceFormat)] = [
      ("OTLP JSON", .otlp), ("Jaeger JSON", .jaeger), ("text", .text),
    ]
    var items = formats.enumerated().map { index, format in
      Menu.Item(
        "the trace as \(format.0)", Character("\(index + 1)"),
        [.write(WriteJob(.trace(view, subtree: nil, format.1)))])
    }
    if let node = tabs[WaterfallTab.self].selectedNode {
      items += formats.enumerated().map { index, format in
        Menu.Item(
          "this span and all below it as \(format.0)", Character("\(index + 4)"),
          [.write(WriteJob(.trace(view, subtree: node, format.1)))])
      }
    }
    items.append(
      Menu.Item("the screen as a picture (SVG)", "s", [.write(WriteJob(.screenSVG))]))
    items.append(Menu.Item("the screen as text", "t", [.write(WriteJob(.screenText))]))
    return Menu(title: "Write", items: items)
  }

  package func content(named ending: String) -> WriteJob.Content? {
    guard let view else { return nil }
    return ["json", "jsonl"].contains(ending) ? .trace(view, subtree: nil, .otlp) : nil
  }
}
