import Telemetry

/// Records that are told by their lines. A case holds nothing, so that an open record is cheap.
enum BlockFormat: UInt8 {
  case dotnet
  case rust
  case ostream
  case ruby
  case java
  case collector
  case deno

  /// The format of which the text, up to its first line end, is the first line of a block.
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> BlockFormat? {
    switch text.first {
    case UInt8(ascii: "A") where DotnetConsole.begins(text): .dotnet
    case UInt8(ascii: "#") where RubyConsole.begins(text): .ruby
    case UInt8(ascii: "'") where JavaLogging(text) != nil: .java
    case UInt8(ascii: "S") where RustStdout.begins(text): .rust
    case UInt8(ascii: "S") where DenoConsole.begins(text): .deno
    case UInt8(ascii: "R") where CollectorDebug.begins(text): .collector
    default: nil
    }
  }

  /// Whether a block may well be complete although nothing ended it yet: a quiet source has to.
  func isWhole(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    guard block.last == UInt8(ascii: "\n") else { return false }
    switch self {
    case .rust: return RustStdout.isWhole(block)
    case .ruby: return RubyConsole.isWhole(block)
    case .dotnet: return DotnetConsole.isWhole(block)
    case .deno: return DenoConsole.isWhole(block)
    case .ostream, .java, .collector: return false
    }
  }

  /// Bytes of one block that are believed: a collector prints a whole request.
  var limit: Int { self == .collector ? OpenRecord.jsonLimit : OpenRecord.blockLimit }

  /// Whether a record is one line.
  var isLine: Bool { self == .java }

  /// Judges a line behind the first, given the block so far.
  func judge(
    _ line: UnsafeBufferPointer<UInt8>, after block: UnsafeBufferPointer<UInt8>
  ) -> OpenRecord.Fit {
    switch self {
    case .dotnet: DotnetConsole.judge(block, line)
    case .rust: RustStdout.judge(line)
    case .ostream: OStream.judge(block, line)
    case .ruby: RubyConsole.judge(line)
    case .java: .beyond
    case .collector: CollectorDebug.judge(line, after: block)
    case .deno: DenoConsole.judge(line)
    }
  }

  /// Appends what the block holds.
  ///
  /// - Parameter context: what an earlier block said about those that follow; of a record that is one
  ///   line, what stands before it.
  /// - Returns: the spans appended; nil when it is none of this format.
  func read(
    _ block: UnsafeBufferPointer<UInt8>, _ context: inout [UInt8], into batch: inout SpanBatch
  ) -> Int? {
    switch self {
    case .dotnet:
      var reader = DotnetBlock(text: block)
      return reader.read(into: &batch) ? 1 : nil
    case .rust:
      var reader = RustBlock(text: block)
      return reader.read(&context, into: &batch)
    case .java:
      let before = context
      guard let span = JavaLogging(block) else { return nil }
      before.withUnsafeBufferPointer { span.append(before: $0, to: &batch) }
      return 1
    case .ruby: return RubyConsole.read(block, into: &batch) ? 1 : nil
    case .collector: return CollectorDebug.read(block, into: &batch)
    case .deno: return DenoConsole.read(block, into: &batch) ? 1 : nil
    case .ostream:
      var reader = OStreamBlock(text: block)
      return reader.read(into: &batch) ? 1 : nil
    }
  }
}
