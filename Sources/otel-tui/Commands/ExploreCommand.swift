import ArgumentParser
import Explorer
import Intake
import QueryLanguage
import Workspace
import Themes

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The screen.
struct ExploreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Show spans of files, a pipe or a receiver.")

  @Argument(
    help: ArgumentHelp("Files of any format; - is standard input.", valueName: "FILE"),
    completion: .file())
  var files: [String] = []

  @Flag(help: "Go on reading what is appended to the files.")
  var follow = false

  @OptionGroup var receiver: ReceiverOptions

  @Flag(help: "Do not listen for OTLP.")
  var noReceiver = false

  @OptionGroup var api: APIOption
  @OptionGroup var memory: MemoryOption
  @OptionGroup var look: LookOptions

  @Option(help: ArgumentHelp("Show the answer to this query first.", valueName: "TEXT"))
  var query: String?

  func run() async throws {
    var options = SessionOptions()
    options.workspace.files = files.filter { $0 != "-" }
    options.workspace.follows = follow
    try Self.check(options.workspace.files)
    options.workspace.readsStandardInput =
      isatty(0) == 0 && (files.isEmpty || files.contains("-"))
    options.query = try query.map { try SavedQueries().resolve($0) }
    options.workspace.api = try api.address
    let settings = try look.apply(to: &options, memory)
    options.workspace.receiver = receiver.configuration(settings)
    let isFed = !options.workspace.files.isEmpty || options.workspace.readsStandardInput
    let isAsked = receiver.grpc != nil || receiver.http != nil
    if !noReceiver, isAsked || settings.hasReceiver != false {
      options.workspace.addresses = try receiver.addresses(settings, isFed: isFed)
    } else if !isFed {
      throw Failure(
        .usage, what: noReceiver ? "--no-receiver" : settings.source(of: "receiver"),
        why: "nothing else feeds the program",
        hint: "name a file, pipe spans in, or try otel-tui demo")
    }
    try await Session(options).run()
  }

  /// A name that is no file is a slip, better told before the screen opens.
  private static func check(_ files: [String]) throws(Failure) {
    for file in files where access(file, F_OK) != 0 {
      let isCommand = file == files.first && !file.contains(".") && !file.contains("/")
      let nearest = Nearest.name(to: file, in: isCommand ? Program.commandNames : [])
      throw Failure(
        .input, what: file, why: isCommand ? "no such file or command" : "no such file",
        hint: nearest.map { "did you mean: otel-tui \($0)" }
          ?? (isCommand ? "otel-tui --help lists the commands" : "check the path"))
    }
  }
}

/// How the screen looks.
struct LookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A theme by name, or a .toml file; auto suits the terminal's background.",
      valueName: "NAME|FILE"),
    completion: .list([Theme.automaticName] + Theme.builtinNames))
  var theme: String?

  @Flag(help: "Draw with ASCII only.")
  var ascii = false

  /// - Returns: the settings that were taken.
  @discardableResult
  func apply(
    to options: inout SessionOptions, _ memory: MemoryOption
  ) throws(Failure) -> Settings {
    let settings = try memory.settings.load()
    options.workspace.memory = try memory.limit
    options.isASCII = ascii || settings.isASCII == true || Locale.isASCII
    options.hasMouse = settings.hasMouse ?? true
    options.confirmsQuit = settings.confirmsQuit ?? true
    options.keymap = settings.keymap
    options.clock = try Self.clock(settings)
    options.configuredTheme = settings.theme
    let kept = settings.themeOfScreen(SavedTheme())
    options.themeName = theme ?? kept ?? settings.theme ?? Theme.automaticName
    do throws(ThemeError) {
      options.theme = try Self.load(options.themeName)
    } catch {
      // A theme that was chosen once and is gone since is no reason not to start.
      guard theme == nil, kept != nil else { throw Failure(error) }
      options.themeName = settings.theme ?? Theme.automaticName
      do throws(ThemeError) { options.theme = try Self.load(options.themeName) } catch {
        throw Failure(error)
      }
    }
    return settings
  }

  private static func clock(_ settings: Settings) throws(Failure) -> ClockStyle.Mode {
    guard let text = settings.clock else { return .local }
    if let mode = ClockStyle.Mode.allCases.first(where: { "\($0)" == text }) { return mode }
    throw Failure(
      .usage, what: "\(settings.source(of: "clock")) \(text)", why: "is no way to show times",
      hint: "one of local, utc, relative")
  }

  /// For the first picture: what the background is, is not known yet.
  private static func load(_ name: String) throws(ThemeError) -> Theme {
    try Theme.load(
      name == Theme.automaticName ? Theme.automatic(nil) : name, folder: Settings.themeFolder)
  }
}
