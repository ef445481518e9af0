package import Telemetry

extension QueryResult {
  /// One object on one line, without a newline: the contract of `otel-tui query`.
  ///
  /// - Parameter extra: Members added at the end, their values JSON already; `--stats` adds
  ///   `ingest`.
  /// - Complexity: O(cells of the table, the graphs and the heatmaps).
  package func json(adding extra: [(name: String, json: String)] = []) -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      writeHead(to: &json)
      writeTable(to: &json)
      writeSeries(to: &json)
      writeHeatmaps(to: &json)
      writeFigures(to: &json)
      for member in extra {
        json.key(member.name)
        json.raw(member.json)
      }
    }
    return json
  }

  private func writeHead(to json: inout JSONWriter) {
    json.key("query")
    json.string(QueryText.print(query))
    json.key("start_ns")
    json.nanoseconds(start.sinceEpoch)
    json.key("end_ns")
    json.nanoseconds(end.sinceEpoch)
    json.key("granularity_ns")
    json.nanoseconds(granularity.count)
  }

  private func writeTable(to json: inout JSONWriter) {
    json.key("columns")
    json.array(columns) { json, column in
      json.object { json in
        json.key("name")
        json.string(column.name)
        json.key("type")
        json.string(column.type.rawValue)
      }
    }
    json.key("rows")
    json.array(rows) { json, row in json.values(row) }
    json.key("total")
    // Spans as rows have no sum; the contract still promises a value for every column.
    json.values(total.isEmpty ? columns.map { _ in .missing } : total)
    json.key("other")
    if let other { json.values(other) } else { json.null() }
  }

  private func writeSeries(to json: inout JSONWriter) {
    json.key("series")
    json.array(series) { json, line in
      json.object { json in
        json.key("calculation")
        json.integer(line.calculation)
        json.key("group")
        json.values(line.group)
        json.key("times_ns")
        json.array(times) { json, time in json.nanoseconds(time.sinceEpoch) }
        json.key("values")
        if line.instants.isEmpty {
          json.array(line.values) { json, value in json.double(value) }
        } else {
          json.array(line.instants) { json, instant in
            if let instant { json.nanoseconds(instant.sinceEpoch) } else { json.null() }
          }
        }
      }
    }
  }

  private func writeHeatmaps(to json: inout JSONWriter) {
    json.key("heatmaps")
    json.array(heatmaps) { json, heatmap in
      json.object { json in
        json.key("calculation")
        json.integer(heatmap.calculation)
        json.key("group")
        json.values(heatmap.group)
        json.key("times_ns")
        json.array(times) { json, time in json.nanoseconds(time.sinceEpoch) }
        json.key("edges")
        json.array(heatmap.edges) { json, edge in json.double(edge) }
        json.key("counts")
        json.array(times.indices) { json, bucket in
          json.array(0..<heatmap.height) { json, row in
            json.integer(heatmap.count(bucket: bucket, row: row))
          }
        }
      }
    }
  }

  private func writeFigures(to json: inout JSONWriter) {
    json.key("spans_examined")
    json.integer(spansExamined)
    json.key("spans_matched")
    json.integer(spansMatched)
    json.key("groups")
    json.integer(groups)
    json.key("elapsed_ms")
    json.double(elapsed.milliseconds)
    json.key("warnings")
    json.array(warnings) { json, warning in json.string(warning.text) }
  }
}

extension JSONWriter {
  /// An array of cells.
  package mutating func values(_ values: [ResultValue]) {
    array(values) { json, value in json.value(value) }
  }

  /// A cell; instants are strings of nanoseconds, arrays and maps stay JSON.
  package mutating func value(_ value: ResultValue) {
    switch value {
    case .missing: null()
    case .text(let text): string(text)
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .double(let value): double(value)
    case .time(let value): nanoseconds(value)
    case .json(let text): raw(text)
    }
  }
}
