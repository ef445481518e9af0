import Foundation
import Testing

/// Files that commands write: what they refuse, and that nothing is lost.
@Suite(.timeLimit(.minutes(5))) struct OutputRefusalTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    try folder.write(SpanLine.lines(0..<3), "in.jsonl")
  }

  private func convert(_ arguments: String...) async throws -> ProgramRun {
    try await ProgramRun(["convert"] + arguments, in: folder)
  }

  @Test("a new file is written whole, and nothing beside it")
  func create() async throws {
    let run = try await convert("in.jsonl", "-o", "out.jsonl")
    #expect(run.status == 0)
    #expect(folder.spans("out.jsonl") == 3)
    #expect(folder.names == ["in.jsonl", "out.jsonl"])
  }

  @Test("a file that exists is refused, with what to say instead")
  func exists() async throws {
    try folder.write("precious", "out.jsonl")
    let run = try await convert("in.jsonl", "-o", "out.jsonl")
    #expect(run.status == 2)
    #expect(run.errorText.contains("out.jsonl: exists already"))
    #expect(run.errorText.contains("--append") && run.errorText.contains("--overwrite"))
    #expect(folder.text("out.jsonl") == "precious")
    let both = try await convert("in.jsonl", "-o", "out.jsonl", "--append", "--overwrite")
    #expect(both.status == 2)
    let record = try await ProgramRun(["record", "-o", "out.jsonl"], in: folder)
    #expect(record.status == 2)
    #expect(folder.text("out.jsonl") == "precious")
  }

  @Test("--append adds, --overwrite takes the place")
  func policies() async throws {
    try folder.write(SpanLine.line(9), "out.jsonl")
    #expect(try await convert("in.jsonl", "-o", "out.jsonl", "--append").status == 0)
    #expect(folder.text("out.jsonl")?.hasPrefix(SpanLine.line(9)) == true)
    #expect(folder.spans("out.jsonl") == 4)
    #expect(try await convert("in.jsonl", "-o", "out.jsonl", "--overwrite").status == 0)
    #expect(folder.spans("out.jsonl") == 3)
    #expect(folder.names == ["in.jsonl", "out.jsonl"])
  }

  @Test("a file that is read is not written, by whatever name")
  func sameFile() async throws {
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path("soft"), withDestinationPath: "in.jsonl")
    try files.linkItem(atPath: folder.path("in.jsonl"), toPath: folder.path("hard"))
    for name in ["in.jsonl", "./in.jsonl", "soft", "hard"] {
      for flag in ["--append", "--overwrite"] {
        let run = try await convert("in.jsonl", "-o", name, flag)
        #expect(run.status == 2)
        #expect(run.errorText.contains("is read"))
      }
    }
    #expect(folder.text("in.jsonl") == SpanLine.lines(0..<3))
  }

  @Test("an input that cannot be read, or that holds nothing, costs no file")
  func badInput() async throws {
    try folder.write("precious", "old")
    try folder.write("no spans\n", "empty")
    #expect(try await convert("missing", "-o", "out").status == 3)
    #expect(try await convert("missing", "-o", "old", "--overwrite").status == 3)
    #expect(try await convert("in.jsonl", "missing", "-o", "old", "--overwrite").status == 3)
    #expect(try await convert("empty", "-o", "out").status == 1)
    #expect(try await convert("empty", "-o", "old", "--overwrite").status == 1)
    #expect(folder.text("old") == "precious")
    #expect(folder.names == ["empty", "in.jsonl", "old"])
  }

  @Test("a port in use, or an argument that is wrong, costs no file")
  func badListener() async throws {
    try folder.write("precious", "old")
    let socket = try #require(BusyPort())
    let address = "127.0.0.1:\(socket.port)"
    for arguments in [["-o", "new"], ["-o", "old", "--overwrite"], ["-o", "old", "--append"]] {
      let busy = try await ProgramRun(
        ["record"] + arguments + ["--grpc", "127.0.0.1:0", "--http", address], in: folder)
      #expect(busy.status == 3)
      let wrong = try await ProgramRun(["record"] + arguments + ["--for", "x"], in: folder)
      #expect(wrong.status == 2)
    }
    #expect(folder.text("old") == "precious")
    #expect(folder.names == ["in.jsonl", "old"])
  }

  @Test("a file that another program writes is left alone")
  func locked() async throws {
    try folder.write(SpanLine.line(9), "out.jsonl")
    let descriptor = open(folder.path("out.jsonl"), O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    for flag in ["--append", "--overwrite"] {
      let run = try await convert("in.jsonl", "-o", "out.jsonl", flag)
      #expect(run.status == 3)
      #expect(run.errorText.contains("another program"))
    }
    #expect(folder.text("out.jsonl") == SpanLine.line(9))
    #expect(folder.names == ["in.jsonl", "out.jsonl"])
  }

  @Test("a link is followed, and devices are written as they are")
  func links() async throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "target")
    #expect(try await convert("in.jsonl", "-o", "link").status == 0)
    #expect(folder.spans("target") == 3)
    #expect(try await convert("in.jsonl", "-o", "link", "--overwrite").status == 0)
    #expect(folder.names == ["in.jsonl", "link", "target"])
    #expect(
      (try? FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link"))) == "target")
    #expect(try await convert("in.jsonl", "-o", "/dev/null").status == 0)
  }
}

/// A port of this machine that somebody listens on.
private final class BusyPort {
  let port: UInt16
  private let descriptor: Int32

  init?() {
    #if canImport(Darwin)
      let number = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, length) == 0 && listen(number, 1) == 0
          && getsockname(number, $0, &length) == 0
      }
    }
    descriptor = number
    port = UInt16(bigEndian: address.sin_port)
    if !named { return nil }
  }

  deinit { close(descriptor) }
}
