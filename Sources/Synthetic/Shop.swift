import Telemetry

/// A shop of seven services, and its incident: since the new version of *payment* is out, charges
/// through one provider in one region time out, are tried again, and often fail.
///
/// Nothing names the cause. Version, provider and region are fields of the spans; only all three
/// together are slow.
struct Shop {
  let trace: TraceID
  var chance: Chance
  let isIncident: Bool
  private(set) var user = 0
  private(set) var region = ""

  init(trace: TraceID, chance: Chance, isIncident: Bool) {
    (self.trace, self.chance, self.isIncident) = (trace, chance, isIncident)
    user = self.chance.below(4_000)
    region = Self.regions[self.chance.below(Self.regions.count)]
  }

  static let regions = ["eu-west-1", "eu-west-1", "us-east-1", "us-east-1", "ap-south-1"]
  static let providers = ["acmepay", "acmepay", "cardly", "novabank"]
  static let languages = [
    "frontend": "nodejs", "cart": "dotnet", "catalog": "go", "checkout": "go",
    "payment": "python", "shipping": "rust", "recommendation": "python",
  ]

  mutating func request(at time: Int64, _ writer: inout SpanWriter) {
    let kind = chance.below(20)
    switch kind {
    case 0...6: page("/", at: time, &writer) { $0.listProducts($1, $2, &$3) }
    case 7...13: page("/product/{id}", at: time, &writer) { $0.productPage($1, $2, &$3) }
    case 14...16: page("/cart", at: time, &writer) { $0.cartPage($1, $2, &$3) }
    default: page("/checkout", at: time, &writer) { $0.checkout($1, $2, &$3) }
    }
  }

  typealias Work = (inout Shop, UInt64, Int64, inout SpanWriter) -> (end: Int64, error: String?)

  private mutating func page(
    _ route: String, at start: Int64, _ writer: inout SpanWriter, work: Work
  ) {
    let id = chance.next() | 1
    let inner = work(&self, id, start + chance.latency(1.2), &writer)
    let end = inner.end + chance.latency(0.8)
    let method = route == "/checkout" ? "POST" : "GET"
    let path = route == "/product/{id}" ? "/product/\(1 + chance.below(240))" : route
    var draft = span(
      "frontend", "\(method) \(route)", .server, id: id, parent: 0, from: start, to: end)
    draft.error = inner.error
    draft.attributes = [
      ("http.request.method", .text(method)), ("http.route", .text(route)),
      ("url.path", .text(path)), ("url.scheme", .text("https")),
      ("http.response.status_code", .integer(inner.error == nil ? 200 : 502)),
      ("user.id", .text("u-\(user)")), ("session.id", .text("s-\(user * 7 % 9973)")),
      ("user_agent.original", .text(Self.agents[user % Self.agents.count])),
      ("client.address", .text("10.3.\(user % 200).\(user / 200)")),
      ("feature.new_banner", .bool(user % 3 == 0)),
      ("network.protocol.version", .text("1.1")), ("http.request.body.size", .integer(0)),
    ]
    writer.span(draft)
  }

  static let agents = [
    "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/131.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Safari/605.1.15",
    "ShopApp/7.3 (iPhone; iOS 18.0)", "ShopApp/7.2 (Android 15)",
  ]

  private mutating func listProducts(
    _ parent: UInt64, _ time: Int64, _ writer: inout SpanWriter
  ) -> (end: Int64, error: String?) {
    var now = call("catalog", "ListProducts", parent, time, &writer) { shop, id, at, out in
      (shop.database("catalog", "SELECT", "products", id, at, &out), nil)
    }.end
    if chance.happens(0.4) {
      now =
        call("recommendation", "ListRecommendations", parent, now, &writer) {
          shop, id, at, out in (shop.cache("recommendation", "GET", id, at, &out), nil)
        }.end
    }
    return (now, nil)
  }

  private mutating func productPage(
    _ parent: UInt64, _ time: Int64, _ writer: inout SpanWriter
  ) -> (end: Int64, error: String?) {
    let product = call("catalog", "GetProduct", parent, time, &writer) { shop, id, at, out in
      let end = shop.database("catalog", "SELECT", "products", id, at, &out)
      return (end, shop.chance.happens(0.004) ? "product not found" : nil)
    }
    return (product.end, product.error)
  }

  private mutating func cartPage(
    _ parent: UInt64, _ time: Int64, _ writer: inout SpanWriter
  ) -> (end: Int64, error: String?) {
    var now = call("cart", "GetCart", parent, time, &writer) { shop, id, at, out in
      (shop.cache("cart", "HGETALL", id, at, &out), nil)
    }.end
    // One query for each item: the N+1 that a waterfall shows at a glance.
    for _ in 0..<(1 + chance.below(6)) {
      now =
        call("catalog", "GetProduct", parent, now, &writer) { shop, id, at, out in
          (shop.database("catalog", "SELECT", "products", id, at, &out), nil)
        }.end
    }
    return (now, nil)
  }

  private mutating func checkout(
    _ parent: UInt64, _ time: Int64, _ writer: inout SpanWriter
  ) -> (end: Int64, error: String?) {
    call("checkout", "ScopeOrder", parent, time, &writer) { shop, id, at, out in
      let cart = shop.call("cart", "GetCart", id, at, &out) { shop, id, at, out in
        (shop.cache("cart", "HGETALL", id, at, &out), nil)
      }
      let quote = shop.call("shipping", "GetQuote", id, cart.end, &out) { shop, _, at, _ in
        (at + shop.chance.latency(4), nil)
      }
      let paid = shop.pay(id, quote.end, &out)
      guard paid.error == nil else { return (paid.end, "payment failed") }
      let order = shop.database("checkout", "INSERT", "orders", id, paid.end, &out)
      let sent = shop.call("shipping", "ShipOrder", id, order, &out) { shop, id, at, out in
        (shop.database("shipping", "INSERT", "shipments", id, at, &out), nil)
      }
      return (sent.end, nil)
    }
  }

  private mutating func pay(
    _ parent: UInt64, _ time: Int64, _ writer: inout SpanWriter
  ) -> (end: Int64, error: String?) {
    let provider = Self.providers[chance.below(Self.providers.count)]
    let isNew = isIncident && user % 5 < 2
    let isBad = isNew && provider == "novabank" && region == "eu-west-1"
    let version = isNew ? "2.5.0" : "2.4.3"
    return call("payment", "Charge", parent, time, &writer, version: version) {
      shop, id, at, out in
      var now = at
      for attempt in 1...3 {
        let fails = isBad ? shop.chance.happens(0.75) : shop.chance.happens(0.002)
        let end = now + (fails ? 400_000_000 + shop.chance.latency(2) : shop.chance.latency(38))
        shop.charge(provider, attempt, fails: fails, id, from: now, to: end, &out)
        now = end + shop.chance.latency(1)
        if !fails { return (now, nil) }
      }
      return (now, "provider did not answer")
    }
  }

  private mutating func charge(
    _ provider: String, _ attempt: Int, fails: Bool, _ parent: UInt64, from start: Int64,
    to end: Int64, _ writer: inout SpanWriter
  ) {
    var draft = span(
      "payment", "POST /v1/charges", .client, id: chance.next() | 1, parent: parent,
      from: start, to: end)
    draft.service.version = isIncident && user % 5 < 2 ? "2.5.0" : "2.4.3"
    draft.attributes = [
      ("payment.provider", .text(provider)), ("payment.attempt", .integer(Int64(attempt))),
      ("payment.currency", .text(region == "us-east-1" ? "USD" : "EUR")),
      ("payment.amount", .double(Double(500 + chance.below(20_000)) / 100)),
      ("http.request.method", .text("POST")), ("server.address", .text("api.\(provider).example")),
      ("user.id", .text("u-\(user)")),
    ]
    if fails {
      draft.error = "context deadline exceeded"
      draft.events = [
        (
          end, "exception",
          [
            ("exception.type", .text("TimeoutError")),
            ("exception.message", .text("no answer from \(provider) within 400ms")),
            (
              "exception.stacktrace",
              .text("charge.py:88 in send\npool.py:41 in acquire\nsocket.py:707 in recv_into")
            ),
          ]
        )
      ]
    }
    writer.span(draft)
  }
}
