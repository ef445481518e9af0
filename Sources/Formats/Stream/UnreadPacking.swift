/// Ways to pack a file that are recognised but not read.
enum UnreadPacking: CaseIterable {
  case xz
  case bzip2
  case zip

  /// How the first bytes are packed; nil when they are not, or in a way that is read.
  init?(_ bytes: some Collection<UInt8>) {
    let found = Self.allCases.first { bytes.starts(with: $0.mark) }
    guard let found else { return nil }
    self = found
  }

  private var mark: [UInt8] {
    switch self {
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    case .bzip2: Array("BZh".utf8)
    case .zip: [0x50, 0x4B, 0x03, 0x04]
    }
  }

  /// What is wrong and what to do, without a final stop.
  var reason: String {
    switch self {
    case .xz: "xz files are not read; unpack it: xz -dc FILE | otel-tui -"
    case .bzip2: "bzip2 files are not read; unpack it: bzip2 -dc FILE | otel-tui -"
    case .zip: "zip files are not read; unpack it: unzip -p FILE | otel-tui -"
    }
  }
}
