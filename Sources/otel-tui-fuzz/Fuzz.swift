import Foundation

/// The target that `FUZZ` names; libFuzzer has the rest of the command line.
private let target = FuzzTarget(
  rawValue: ProcessInfo.processInfo.environment["FUZZ"] ?? "stream")

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else {
    let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
    FileHandle.standardError.write(Data("FUZZ names one of \(names)\n".utf8))
    exit(2)
  }
  target.take(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}
