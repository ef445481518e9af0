import Intake

/// A receiver on free loopback ports, for as long as a test runs.
struct TestReceiver {
  let receiver: Receiver
  let sink: CollectingSink
  let counters: IntakeCounters
  let port: Int

  static func run(
    host: String = "127.0.0.1", limit: Int = 1 << 20,
    _ configure: (inout ReceiverConfiguration) -> Void = { _ in },
    _ body: (TestReceiver) async throws -> Void
  ) async throws {
    let sink = CollectingSink()
    let counters = IntakeCounters()
    var configuration = ReceiverConfiguration()
    configuration.requestLimit = limit
    configure(&configuration)
    let receiver = Receiver(sink: sink, counters: counters, configuration)
    do {
      let address = try await receiver.listen(.http, on: ListenAddress(host: host, port: 0))
      try await body(
        TestReceiver(receiver: receiver, sink: sink, counters: counters, port: address.port))
    } catch {
      await receiver.stop()
      throw error
    }
    await receiver.stop()
  }
}
