import QueryLanguage
import Telemetry
import Testing

@testable import Explorer

/// What menus do to a query.
@Suite struct QueryChangeTests {
  private let web = Filter.compare(.serviceName, .equal, .text("web"))
  private let notWeb = Filter.compare(.serviceName, .notEqual, .text("web"))

  @Test("show only adds a condition, once, and takes the place of its opposite")
  func narrowing() {
    var query = Query(visualize: [.count])
    query = query.changed(by: .showOnly(.serviceName, .text("web")))
    #expect(query.filter == web)
    #expect(query.changed(by: .showOnly(.serviceName, .text("web"))).filter == web)
    #expect(query.changed(by: .exclude(.serviceName, .text("web"))).filter == notWeb)
    query = query.changed(by: .and(.holds(.error)))
    #expect(query.filter == .and([web, .holds(.error)]))
    query = query.changed(by: .exclude(.serviceName, .text("web")))
    #expect(query.filter == .and([.holds(.error), notWeb]))
  }

  @Test("an OR stays in its parentheses when a condition joins it")
  func disjunction() {
    let either = Filter.or([web, .holds(.error)])
    let query = Query(filter: either).changed(by: .and(.exists(.traceID)))
    #expect(QueryText.print(query).contains("(service.name = \"web\" OR error) AND"))
  }

  @Test("the group of missing values is the condition that the field is missing")
  func missing() {
    let query = Query().changed(by: .showOnly(FieldRef("user.id"), .missing))
    #expect(query.filter == .doesNotExist(FieldRef("user.id")))
    let other = Query().changed(by: .exclude(FieldRef("user.id"), .missing))
    #expect(other.filter == .exists(FieldRef("user.id")))
  }

  @Test("grouping by a field turns raw rows into counts, and never groups twice")
  func grouping() {
    let query = Query().changed(by: .groupBy(.serviceName)).changed(by: .groupBy(.serviceName))
    #expect(query.groupBy == [.serviceName] && query.visualize == [.count])
  }

  @Test("the ends of a box are rounded outwards to four figures")
  func rounding() {
    #expect(Literal(rounded: 181.0193359837562, up: true) == .double(181.1))
    #expect(Literal(rounded: 181.0193359837562, up: false) == .integer(181))
    #expect(Literal(rounded: 0.00123456, up: false) == .double(0.001234))
    #expect(Literal(rounded: 123_456, up: true) == .integer(123_500))
    #expect(Literal(rounded: -2.00049, up: false) == .double(-2.001))
    #expect(Literal(rounded: 0, up: true) == .double(0))
  }

  @Test("undo and redo walk the queries; a new one ends the way forward")
  func past() {
    var past = Past<Query>()
    let queries = (0..<3).map { Query(visualize: [.count]).limited($0) }
    past.leave(queries[0])
    past.leave(queries[1])
    #expect(past.undo(queries[2]) == queries[1])
    #expect(past.undo(queries[1]) == queries[0])
    #expect(past.undo(queries[0]) == nil)
    #expect(past.redo(queries[0]) == queries[1])
    past.leave(queries[1])
    #expect(past.redo(queries[2]) == nil)
  }
}

extension Query {
  fileprivate func limited(_ limit: Int) -> Query {
    var query = self
    query.limit = limit
    return query
  }
}
