package import Telemetry

extension FieldCatalog {
  /// One object on one line, without a newline: `{"spans", "fields": [{"name", "place", "type",
  /// "spans", "distinct", "top": [{"value", "count"}]}]}`.
  package func json() -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.member("spans") { $0.integer(spanCount) }
      json.member("fields") { json in
        json.array(fields) { json, field in field.write(to: &json) }
      }
    }
    return json
  }
}

extension FieldSummary {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("name") { $0.string(name) }
      json.member("place") { $0.string(scope == .automatic ? "builtin" : scope.rawValue) }
      json.member("type") { $0.string(type.rawValue) }
      json.member("spans") { $0.integer(spans) }
      json.member("distinct") { $0.integer(distinct) }
      json.member("top") { json in
        json.array(top) { json, entry in
          json.object { json in
            json.member("value") { $0.value(entry.value) }
            json.member("count") { $0.integer(entry.count) }
          }
        }
      }
    }
  }
}
