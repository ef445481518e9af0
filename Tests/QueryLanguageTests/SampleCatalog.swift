import QueryLanguage

extension FieldCatalog {
  /// 1,204 spans of a small shop.
  static let sample = FieldCatalog(
    fields: [
      FieldSummary(
        name: "name", scope: .automatic, type: .text, spans: 1_204, distinct: 3,
        top: [
          (.text("GET /cart"), 900), (.text("charge"), 300), (.text("log \"x\""), 4),
        ]),
      FieldSummary(
        name: "service.name", scope: .automatic, type: .text, spans: 1_204, distinct: 2,
        top: [(.text("api"), 1_000), (.text("db"), 204)]),
      FieldSummary(name: "duration_ms", scope: .automatic, type: .double, spans: 1_204),
      FieldSummary(
        name: "error", scope: .automatic, type: .bool, spans: 1_204, distinct: 2,
        top: [(.bool(false), 1_200), (.bool(true), 4)]),
      FieldSummary(
        name: "http.method", scope: .span, type: .text, spans: 903, distinct: 2,
        top: [(.text("GET"), 900), (.text("POST"), 3)]),
      FieldSummary(
        name: "http.status_code", scope: .span, type: .integer, spans: 903, distinct: 2,
        top: [(.integer(200), 900), (.integer(500), 3)]),
      FieldSummary(name: "http.target", scope: .span, type: .text, spans: 903, distinct: 700),
      FieldSummary(name: "host.name", scope: .resource, type: .text, spans: 1_204, distinct: 1),
      FieldSummary(name: "odd name", scope: .span, type: .mixed, spans: 2, distinct: 2),
      FieldSummary(name: "tags", scope: .span, type: .array, spans: 2, distinct: 2),
    ], spanCount: 1_204)
}
