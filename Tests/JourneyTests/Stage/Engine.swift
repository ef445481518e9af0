import Explorer
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry

/// The engine of the program over a store of its own.
struct Engine: Sendable {
  let store: SpanStore
  private let backend: LocalBackend

  init() {
    let store = SpanStore(limit: ByteCount(1 << 28))
    self.store = store
    backend = LocalBackend { store.snapshot() }
  }

  func response(_ request: Request) async -> Response {
    do {
      switch request {
      case .query(let query, let options):
        return .result(try await backend.run(query, options))
      case .traces(let request): return .traces(try await backend.traces(request))
      case .compare(let request): return .compared(try await backend.compare(request))
      case .trace(let id): return .trace(try await backend.trace(id))
      case .catalog: return .catalog(try await backend.catalog())
      case .events(let request): return .events(try await backend.events(request))
      case .ranks(let service, let name, let durations):
        return .ranks(
          try await backend.ranks(service: service, name: name, durations: durations))
      case .notes(let view): return .notes(TraceNote.all(view))
      }
    } catch let error as QueryError {
      return .failure(error)
    } catch {
      return .failure(QueryError("\(error)"))
    }
  }
}
