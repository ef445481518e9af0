import Telemetry

/// A line of Docker's json-file log: `{"log":"…\n","stream":"stdout","time":"…"}`.
struct DockerLine {
  /// The line that was logged.
  let text: [UInt8]
  /// Tells its source's lines from those of others.
  let key: UInt64

  /// - Returns: nil for any other line.
  init?(_ line: UnsafeBufferPointer<UInt8>) {
    guard line.starts(with: "{\"log\":\"") else { return nil }
    var end = line.count
    while end > 0, line[end - 1] <= 0x20 { end -= 1 }
    let object = UnsafeBufferPointer(rebasing: line[..<end])
    let found = try? TapeParser.borrow { parser throws(DecodeError) in
      let root = try parser.parse(object, slack: line.count - end)
      return Self.read(root)
    }
    guard let found = found.flatMap({ $0 }) else { return nil }
    (text, key) = found
  }

  private static func read(_ root: TapeValue) -> (text: [UInt8], key: UInt64)? {
    guard let log = root.member("log"), log.isText,
      let stream = root.member("stream"), stream.isText
    else { return nil }
    return (Array(log.uncheckedText), ByteHash.hash(stream.uncheckedText) ^ 3)
  }
}
