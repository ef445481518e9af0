import Telemetry

extension Segment {
  /// The name of a row's span.
  package func nameText(_ row: Int) -> String {
    if case .text(let codes, let texts) = name.values { texts[Int(codes[row])] } else { "" }
  }

  /// The service of a row, `unknown_service` when its resource names none.
  package func service(_ row: Int) -> String { services[Int(resourceCode[row])] }

  /// Different services among some rows.
  ///
  /// - Complexity: O(rows), and a look through the services found at each change of resource.
  package func serviceCount(_ rows: Range<Int>) -> Int {
    var seen: [String] = []
    var last: Int64 = -1
    for row in rows {
      let code = resourceCode[row]
      if code == last { continue }
      last = code
      let service = services[Int(code)]
      if !seen.contains(service) { seen.append(service) }
    }
    return seen.count
  }
}
