import CNcurses

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The controlling terminal, opened for reading and writing.
final class Device {
  let fd: Int32
  let outputFD: Int32
  private let input: UnsafeMutablePointer<FILE>
  private let output: UnsafeMutablePointer<FILE>

  init?() {
    guard let (input, output) = Self.open() else { return nil }
    (self.input, self.output) = (input, output)
    fd = fileno(input)
    outputFD = fileno(output)
    for file in [input, output] { _ = fcntl(fileno(file), F_SETFD, FD_CLOEXEC) }
  }

  /// On macOS `poll` refuses /dev/tty but takes the device it stands for.
  private static func open() -> (UnsafeMutablePointer<FILE>, UnsafeMutablePointer<FILE>)? {
    var paths = ["/dev/tty"]
    #if os(macOS)
      for number in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO] {
        if let name = ttyname(number) { paths.insert(String(cString: name), at: 0) }
      }
    #endif
    for path in paths {
      guard let input = fopen(path, "r") else { continue }
      if let output = fopen(path, "w") { return (input, output) }
      fclose(input)
    }
    return nil
  }

  /// Starts curses with the first entry that terminfo knows; which one it was.
  func start(_ types: [String]) -> String? {
    // The size is the terminal's, not what a shell exported in LINES and COLUMNS before a resize.
    use_env(false)
    use_tioctl(true)
    for type in types where !type.isEmpty {
      // The name is written to by older versions.
      let name = strdup(type)
      defer { free(name) }
      guard let screen = newterm(name, output, input) else { continue }
      set_term(screen)
      return type
    }
    return nil
  }

  /// Sends bytes past curses, which has sent all of its own at each refresh.
  func send(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let slice = UnsafeBufferPointer(rebasing: rest)
        let count = write(outputFD, slice.baseAddress, slice.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Whether the locale is one of UTF-8.
  ///
  /// A locale of UTF-8 that this machine lacks, as after ssh, still says what the terminal shows.
  static func chooseLocale() -> Bool {
    if setlocale(LC_CTYPE, "") == nil {
      let wanted = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { (name: String) in
        getenv(name).map { String(cString: $0) }
      }.first { !$0.isEmpty }
      let name = wanted?.lowercased() ?? ""
      guard name.hasSuffix("utf-8") || name.hasSuffix("utf8") else { return false }
      if setlocale(LC_CTYPE, "C.UTF-8") == nil, setlocale(LC_CTYPE, "en_US.UTF-8") == nil {
        return false
      }
    }
    return locale_is_utf8() != 0
  }
}
