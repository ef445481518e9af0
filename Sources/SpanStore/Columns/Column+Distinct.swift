package import Telemetry

extension Column {
  /// Rows that have one of a few values each.
  ///
  /// - Parameters:
  ///   - values: nil for no value.
  ///   - codes: of each row the index of its value.
  package init(_ values: [AttributeValue?], codes: [UInt32]) {
    var present: Bitmap?
    if values.contains(where: { $0 == nil }) {
      var bits = Bitmap(repeating: false, count: codes.count)
      for (row, code) in codes.enumerated() where values[Int(code)] != nil { bits.insert(row) }
      present = bits
    }
    var builder = MixedBuilder()
    var isText = true
    var texts = TextCoder()
    var table: [UInt32] = []
    for value in values {
      if case .text(var text)? = value {
        table.append(text.withUTF8 { texts.code($0) })
      } else {
        if value != nil { isText = false }
        table.append(0)
      }
    }
    if isText, texts.count > 0 {
      let rows = codes.map { Int64(table[Int($0)]) }
      self.init(present: present, values: .text(PackedInts(rows), texts.dictionary()))
      return
    }
    table.removeAll()
    for value in values {
      builder.append(value ?? .empty)
      table.append(builder.codes.base[builder.codes.count - 1])
    }
    let rows = codes.map { Int64(table[Int($0)]) }
    self.init(present: present, values: .mixed(PackedInts(rows), builder.dictionary))
  }
}
