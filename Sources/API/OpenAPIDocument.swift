import NIOHTTP1
import Telemetry

/// The endpoints as an OpenAPI 3.1 document, made from their table.
enum OpenAPIDocument {
  static func json() -> JSONWriter {
    var json = JSONWriter()
    json.object { json in
      json.member("openapi") { $0.string("3.1.0") }
      json.member("info") { json in
        json.object { json in
          json.member("title") { $0.string("otel-tui") }
          json.member("version") { $0.string("1") }
        }
      }
      json.member("paths") { json in
        json.object { json in
          for endpoint in Endpoint.allCases {
            json.member(endpoint.path) { json in
              json.object { json in
                json.member(endpoint.method.rawValue.lowercased()) { write(endpoint, to: &$0) }
              }
            }
          }
        }
      }
      json.member("components") { json in
        json.object { json in
          json.member("securitySchemes") { json in
            json.object { json in
              json.member("token") { json in
                json.object { json in
                  json.member("type") { $0.string("http") }
                  json.member("scheme") { $0.string("bearer") }
                }
              }
            }
          }
        }
      }
      // Either no token, on an address of this machine alone, or one.
      json.member("security") { json in
        json.array { json in
          json.object { _ in }
          json.object { json in json.member("token") { $0.array { _ in } } }
        }
      }
    }
    return json
  }

  private static func write(_ endpoint: Endpoint, to json: inout JSONWriter) {
    json.object { json in
      json.member("summary") { $0.string(endpoint.summary) }
      if endpoint.method == .POST {
        json.member("requestBody") { writeBody(endpoint.arguments, to: &$0) }
      } else {
        json.member("parameters") { json in
          json.array { json in
            if endpoint.path.contains("{id}") { parameter("id", "path", nil, to: &json) }
            for argument in endpoint.arguments {
              parameter(argument.name, "query", argument, to: &json)
            }
          }
        }
      }
      json.member("responses") { json in
        json.object { json in
          writeResponse("200", "The answer", endpoint, to: &json)
          for (status, meaning) in [
            ("400", "An argument or the query is wrong"), ("401", "The token is missing or wrong"),
            ("403", "Not from this machine"), ("404", "Not held"), ("413", "Too large"),
          ] {
            writeResponse(status, meaning, nil, to: &json)
          }
        }
      }
    }
  }

  private static func parameter(
    _ name: String, _ place: String, _ argument: Endpoint.Argument?, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("name") { $0.string(name) }
      json.member("in") { $0.string(place) }
      json.member("required") { $0.bool(place == "path") }
      if let argument { json.member("description") { $0.string(argument.meaning) } }
      json.member("schema") { writeSchema(argument?.kind ?? .string, to: &$0) }
    }
  }

  private static func writeBody(_ arguments: [Endpoint.Argument], to json: inout JSONWriter) {
    json.object { json in
      json.member("required") { $0.bool(true) }
      json.member("content") { json in
        json.object { json in
          json.member("application/json") { json in
            json.object { json in
              json.member("schema") { json in
                json.object { json in
                  json.member("type") { $0.string("object") }
                  json.member("properties") { json in
                    json.object { json in
                      for argument in arguments {
                        json.member(argument.name) { writeSchema(argument.kind, to: &$0) }
                      }
                    }
                  }
                  // The first is what the request is about.
                  json.member("required") { json in
                    json.array(arguments.prefix(1)) { $0.string($1.name) }
                  }
                  json.member("additionalProperties") { $0.bool(false) }
                }
              }
            }
          }
          json.member("text/plain") { json in
            json.object { json in json.member("schema") { writeSchema(.string, to: &$0) } }
          }
        }
      }
    }
  }

  private static func writeSchema(_ kind: Endpoint.Argument.Kind, to json: inout JSONWriter) {
    json.object { json in
      json.member("type") { $0.string(kind.rawValue) }
      if kind == .integer { json.member("minimum") { $0.integer(0) } }
      if kind == .array { json.member("items") { writeSchema(.string, to: &$0) } }
    }
  }

  private static func writeResponse(
    _ status: String, _ meaning: String, _ endpoint: Endpoint?, to json: inout JSONWriter
  ) {
    json.member(status) { json in
      json.object { json in
        json.member("description") { $0.string(meaning) }
        json.member("content") { json in
          json.object { json in
            json.member(endpoint == .metrics ? SpanMetrics.contentType : "application/json") {
              $0.object { _ in }
            }
          }
        }
      }
    }
  }
}
