import Telemetry

/// Records that are told by their lines. A case holds nothing, so that a lane's state is cheap.
enum BlockFormat: UInt8 {
  case dotnet
  case rust
  case ostream

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
    case 0x53 where RustStdout.begins(text): .rust
    default: nil
    }
  }

  /// Whether nothing but the next record ends it, so that a quiet source has to.
  var endsWhenQuiet: Bool {
    switch self {
    case .dotnet, .rust: true
    case .ostream: false
    }
  }

  /// Judges a line behind the first, given the block so far.
  func judge(
    _ line: UnsafeBufferPointer<UInt8>, after block: UnsafeBufferPointer<UInt8>
  ) -> Line {
    switch self {
    case .dotnet: DotnetConsole.judge(block, line)
    case .rust: RustStdout.judge(line)
    case .ostream: OStream.judge(line)
    }
  }

  /// Appends what the block holds.
  ///
  /// - Parameter context: what an earlier block said about those that follow.
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
    case .ostream:
      var reader = OStreamBlock(text: block)
      return reader.read(into: &batch) ? 1 : nil
    }
  }
}
