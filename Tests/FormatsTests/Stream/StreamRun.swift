import Foundation
import Telemetry
import TestSupport

@testable import Formats

/// One pass of bytes through a decoder.
struct StreamRun {
  var batch = SpanBatch()
  var report = DecodeReport()

  /// Decodes `bytes` cut into pieces whose sizes `next` tells.
  init(_ bytes: [UInt8], isFlushed: Bool = false, sizes next: () -> Int = { .max }) {
    var decoder = StreamDecoder(source: "test")
    var start = 0
    bytes.withUnsafeBytes { all in
      while start < all.count {
        let end = start + min(max(1, next()), all.count - start)
        decoder.decode(
          UnsafeRawBufferPointer(rebasing: all[start..<end]), into: &batch, report: &report)
        if isFlushed { decoder.flush(into: &batch, report: &report) }
        start = end
      }
    }
    decoder.finish(into: &batch, report: &report)
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// The first span's text without anything about the batch.
  var spans: [String] { SpanText.all(batch) }

  var names: [String] { batch.spans.map { batch.text($0.name) } }

  /// Attributes of the first span by key, as text with type.
  func attributes(ofSpan index: Int = 0) -> [String: String] {
    guard batch.spans.indices.contains(index) else { return [:] }
    return attributes(in: batch.spans[index].attributes)
  }

  func attributes(in range: RecordRange) -> [String: String] {
    var found: [String: String] = [:]
    for record in batch.attributes[range.indices] {
      let value = ValueJSON.text(batch.value(record))
      found[batch.keyText(record.key)] = "\(record.type.name) \(value)"
    }
    return found
  }

  func resource(ofSpan index: Int = 0) -> [String: String] {
    guard batch.spans.indices.contains(index) else { return [:] }
    return attributes(in: batch.resources[Int(batch.spans[index].resource)].attributes)
  }

  /// Files in `Fixtures` that hold spans, one of each format.
  static let fixtures = [
    "collector-debug.txt", "cpp-ostream.txt", "deno-console.txt", "dotnet-console.txt",
    "go-2019.txt", "go-array.json",
    "go-modern-pretty.txt", "go-modern.jsonl", "jaeger.json", "java-logging.txt",
    "node-console.txt", "php-console.txt", "python-nan.txt", "python-oneline.jsonl",
    "python-pretty.txt", "python-span-text.txt", "ruby-console.txt", "rust-stdout.txt",
    "three-signals.otlp.jsonl", "zipkin.json",
  ]

  /// The bytes of a file in `Fixtures`.
  static func fixture(_ name: String) throws -> [UInt8] {
    let url = Bundle.module.resourceURL?.appending(path: "Fixtures/\(name)")
    guard let url else { throw CocoaError(.fileNoSuchFile) }
    return Array(try Data(contentsOf: url))
  }
}
