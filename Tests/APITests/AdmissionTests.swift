import Telemetry
import Testing

/// Who may ask.
@Suite struct AdmissionTests {
  @Test(arguments: [
    ("127.0.0.1", 200), ("localhost:4319", 200), ("[::1]:4319", 200), ("LOCALHOST", 200),
    ("evil.example", 403), ("127.0.0.1.evil.example", 403),
  ])
  func aHostMustBeThisMachine(_ host: String, _ status: Int) async throws {
    try await TestAPI.run { api in
      let answer = try await api.send("GET", "/api/fields", host: host)
      #expect(answer.status == status)
    }
  }

  @Test(arguments: [
    ("http://localhost:3000", 200), ("https://evil.example", 403), ("null", 403),
  ])
  func aPageMustBeOfThisMachine(_ origin: String, _ status: Int) async throws {
    try await TestAPI.run { api in
      let answer = try await api.send("GET", "/api/fields", headers: ["Origin: \(origin)"])
      #expect(answer.status == status)
      #expect(answer.headers.contains("Access-Control-Allow-Origin") == (status == 200))
    }
  }

  @Test(arguments: [
    ("Authorization: Bearer right", 200), ("Authorization: Bearer wrong", 401),
    ("Authorization: Bearer righ", 401), ("Authorization: right", 401), ("X-None: 1", 401),
  ])
  func aTokenMustBeRight(_ header: String, _ status: Int) async throws {
    try await TestAPI.run(token: "right") { api in
      let answer = try await api.send("GET", "/metrics", headers: [header])
      #expect(answer.status == status)
      #expect(answer.headers.contains("WWW-Authenticate: Bearer") == (status == 401))
    }
  }
}
