import Telemetry

/// Records that are told by their lines. A case holds nothing, so that a lane's state is cheap.
enum BlockFormat: UInt8 {
  case dotnet
  case rust
  case ostream
  case ruby
  case java

  /// What a line is to the block that is open.
  enum Line {
    case inside
    /// The block ends with it.
    case last
    /// The block ended before it.
    case beyond
    /// Other output in the midst of the block.
    case foreign
  }

  /// The format of which the text, up to its first line end, is the first line of a block.
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> BlockFormat? {
    switch text.first {
    case 0x41 where DotnetConsole.begins(text): .dotnet
    case 0x23 where RubyConsole.begins(text): .ruby
    case 0x27 where JavaLogging(text) != nil: .java
    case 0x53 where RustStdout.begins(text): .rust
    default: nil
    }
  }

  /// Whether a block may well be complete although nothing ended it yet: a quiet source has to.
  func isWhole(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    guard block.last == 0x0A else { return false }
    switch self {
    case .rust: return ByteSearch.has("\n\tStatus", in: block)
    case .ruby: return RubyConsole.isWhole(block)
    case .dotnet, .ostream, .java: return false
    }
  }

  /// Whether a record is one line.
  var isLine: Bool { self == .java }

  /// Judges a line behind the first, given the block so far.
  func judge(
    _ line: UnsafeBufferPointer<UInt8>, after block: UnsafeBufferPointer<UInt8>
  ) -> Line {
    switch self {
    case .dotnet: DotnetConsole.judge(block, line)
    case .rust: RustStdout.judge(line)
    case .ostream: OStream.judge(line)
    case .ruby: RubyConsole.judge(line)
    case .java: .beyond
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
    case .ostream:
      var reader = OStreamBlock(text: block)
      return reader.read(into: &batch) ? 1 : nil
    }
  }
}
