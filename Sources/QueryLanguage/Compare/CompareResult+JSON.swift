package import Telemetry

extension CompareResult {
  /// One object on one line, without a newline: the contract of `otel-tui compare`.
  ///
  /// Values past the fortieth are one entry whose `value` is null.
  ///
  /// - Parameter limit: fields written, the first ones.
  package func json(limit: Int = .max) -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.member("selection") { $0.side(selectionText, counts.selection) }
      json.member("baseline") { $0.side(baselineText, counts.baseline) }
      json.member("fields") { json in
        json.array(fields.prefix(limit)) { json, field in field.write(to: &json) }
      }
      json.member("pairs") { json in
        json.array(pairs) { json, pair in pair.write(to: &json) }
      }
      json.member("elapsed_ms") { $0.double(elapsed.milliseconds) }
      json.member("warnings") { json in
        json.array(warnings) { json, warning in json.string(warning.text) }
      }
    }
    return json
  }
}

extension JSONWriter {
  fileprivate mutating func side(_ text: String, _ count: Int) {
    object { json in
      json.member("text") { $0.string(text) }
      json.member("count") { $0.integer(count) }
    }
  }

  fileprivate mutating func sides(_ counts: Sides) {
    member("selection") { $0.integer(counts.selection) }
    member("baseline") { $0.integer(counts.baseline) }
  }
}

extension FieldDifference {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("field") { $0.string(name) }
      json.member("type") { $0.string(type.rawValue) }
      json.member("kind") { $0.string(measure == nil ? "values" : "measure") }
      json.member("score") { $0.double(score) }
      json.member("p_value") { $0.double(pValue) }
      json.member("p_adjusted") { $0.double(adjustedP) }
      json.member("mostly_unique") { $0.bool(isMostlyUnique) }
      json.member("same_as") { json in
        if let sameAs { json.string(QueryText.print(sameAs)) } else { json.null() }
      }
      let all = values + (rest.map { [ValueCount(.missing, $0)] } ?? [])
      json.member("values") { json in
        json.array(all) { json, entry in
          json.object { json in
            json.member("value") { $0.value(entry.value) }
            json.sides(entry.counts)
          }
        }
      }
      json.member("missing") { json in json.object { $0.sides(missing) } }
      json.member("measure") { json in
        if let measure { measure.write(to: &json) } else { json.null() }
      }
    }
  }
}

extension MeasureDifference {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("ks") { $0.double(distance) }
      json.member("selection_p50") { $0.double(selectionP50) }
      json.member("baseline_p50") { $0.double(baselineP50) }
      json.member("edges") { $0.array(edges) { $0.double($1) } }
      json.member("selection_counts") { $0.array(selectionCounts) { $0.integer($1) } }
      json.member("baseline_counts") { $0.array(baselineCounts) { $0.integer($1) } }
    }
  }
}

extension PairDifference {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("fields") { $0.array(fields) { $0.string(QueryText.print($1)) } }
      json.member("values") { $0.values(values) }
      json.sides(counts)
      json.member("score") { $0.double(score) }
      json.member("alone") { $0.array(alone) { $0.double($1) } }
    }
  }
}
