/// The canonical JSON of attribute values: how arrays lie in an arena and how any value is shown.
package enum ValueJSON {
  /// Compact JSON. Integers have no point, doubles always a point or an exponent (or are the
  /// strings `"NaN"`, `"Infinity"`, `"-Infinity"`), bytes are base64 text, empty is `null`.
  package static func text(_ value: AttributeValue) -> String {
    var json = JSONWriter()
    json.value(value)
    return json.text
  }

  /// A line for each member and element; what is empty stays on one.
  package static func indented(_ value: AttributeValue) -> String {
    var json = JSONWriter(isIndented: true)
    json.value(value)
    return json.text
  }

  /// A double as JSON; NaN and infinities as strings.
  package static func number(_ double: Double) -> String { text(.double(double)) }
}
