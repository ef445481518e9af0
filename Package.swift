// swift-tools-version: 6.2
import PackageDescription

/// Settings every target shares. One list, so a new target cannot forget one.
///
/// Warnings become errors only in CI: a newer toolchain must not break a user's build.
let house: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// Modules that import neither Foundation nor Glibc still call into libm.
let libm = LinkerSetting.linkedLibrary("m", .when(platforms: [.linux]))

/// A module and the only modules it may import.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], _ extra: [SwiftSetting] = [],
  resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: house + extra,
    linkerSettings: [libm])
}

/// The tests of one module, `Tests/<name>Tests`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
    resources: resources, swiftSettings: house, linkerSettings: [libm])
}

/// libFuzzer brings the program's `main`, so the target is there only when it does: see `.ci/fuzz`.
let fuzz: [Target] =
  Context.environment["OTEL_TUI_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "otel-tui-fuzz", dependencies: ["Telemetry", "Formats", "QueryLanguage"],
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])], linkerSettings: [libm])
  ]

let package = Package(
  name: "otel-tui",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "otel-tui", targets: ["otel-tui"])],
  // Exactly these: the same sources are the same program. `.ci/update-dependencies` tries newer ones.
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    // data in
    module("Telemetry"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .target(
      name: "CSimdJSON", cxxSettings: [.unsafeFlags(["-std=c++17", "-O3"])],
      linkerSettings: [.linkedLibrary("simdjson")]),
    module("Formats", ["Telemetry", "CSimdJSON"]),
    module(
      "Intake",
      [
        "Formats", "Telemetry", "CZlib", "CZstd",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOExtras", package: "swift-nio-extras"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    module("Synthetic", ["Telemetry"]),
    // index
    module(
      "SpanStore", ["Telemetry", .product(name: "DequeModule", package: "swift-collections")]),
    // query
    .target(
      name: "CRE2", cxxSettings: [.unsafeFlags(["-std=c++17", "-O3"])],
      // The archive of RE2 needs what an archive of libstdc++ has, so in this order.
      linkerSettings: [
        .linkedLibrary("re2"), .linkedLibrary("stdc++", .when(platforms: [.linux])),
      ]),
    module("Patterns", ["CRE2"]),
    module("QueryLanguage", ["Telemetry", "Patterns"]),
    module(
      "QueryEngine",
      [
        "Telemetry", "SpanStore", "QueryLanguage", "Patterns",
        .product(name: "HeapModule", package: "swift-collections"),
      ]),
    // view-model
    module("Screen"),
    module("Explorer", ["Telemetry", "QueryLanguage", "Screen"]),
    // cells
    module(
      "Themes", ["Screen", "Telemetry", .product(name: "TOMLKit", package: "TOMLKit")],
      resources: [.embedInCode("Builtin")]),
    module("Views", ["Explorer", "QueryLanguage", "Screen", "Telemetry"]),
    // curses
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"]), .brew(["ncurses"])]),
    module("CursesTerminal", ["Screen", "Telemetry", "Themes", "CNcurses"]),
    // answers over HTTP
    module(
      "API",
      [
        "Telemetry", "QueryLanguage", "Intake",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    // the program without a terminal
    module(
      "Workspace",
      [
        "Telemetry", "Formats", "Intake", "SpanStore", "QueryLanguage", "QueryEngine", "Screen",
        "Explorer", "Themes", "Synthetic", "API",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    // the program and its benchmark
    .target(
      name: "CBuild",
      cSettings: Context.environment["OTEL_TUI_COMMIT"].map {
        [.define("OTEL_TUI_COMMIT", to: "\"\($0)\"")]
      } ?? []),
    .executableTarget(
      name: "otel-tui",
      dependencies: [
        "CBuild", "Telemetry", "Intake", "QueryLanguage", "Screen", "Explorer", "Views", "Themes",
        "CursesTerminal", "Workspace", "API",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: house, linkerSettings: [libm]),
    .executableTarget(
      name: "otel-tui-bench",
      dependencies: [
        "Telemetry", "Formats", "Intake", "SpanStore", "QueryLanguage", "QueryEngine", "Screen",
        "Explorer", "Views", "Synthetic",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house, linkerSettings: [libm]),
    // tests
    .target(
      name: "TestSupport", dependencies: ["Telemetry", "Screen"], path: "Tests/TestSupport",
      swiftSettings: house),
    .target(
      name: "TraceSupport",
      dependencies: ["Telemetry", "QueryLanguage", "Screen", "Explorer", "TestSupport"],
      path: "Tests/TraceSupport", swiftSettings: house),
    tests("Telemetry"),
    tests("Formats", ["Telemetry"], resources: [.copy("Fixtures")]),
    tests(
      "Intake",
      [
        "Formats", "Telemetry", "CZlib", "CZstd",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHPACK", package: "swift-nio-http2"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    tests("Synthetic", ["Telemetry"]),
    tests("SpanStore", ["Telemetry"]),
    tests("Patterns"),
    tests("QueryLanguage", ["Telemetry"]),
    .target(
      name: "BackendSupport", dependencies: ["Telemetry", "QueryLanguage"],
      path: "Tests/BackendSupport", resources: [.copy("Scripts")], swiftSettings: house),
    tests(
      "QueryEngine",
      ["QueryLanguage", "SpanStore", "Synthetic", "Telemetry", "TraceSupport", "BackendSupport"]),
    tests(
      "API",
      [
        "Intake", "QueryEngine", "QueryLanguage", "SpanStore", "Telemetry", "TraceSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    tests("Screen"),
    tests("Themes", ["Screen"]),
    tests("Explorer", ["QueryLanguage", "Screen", "Telemetry", "TraceSupport"]),
    .testTarget(
      name: "CommandTests", dependencies: ["otel-tui", "Telemetry", "Workspace"],
      resources: [.copy("Fixtures")], swiftSettings: house, linkerSettings: [libm]),
    tests(
      "Workspace",
      [
        "Explorer", "Formats", "Intake", "QueryEngine", "QueryLanguage", "Screen", "SpanStore",
        "Telemetry",
      ]),
    .testTarget(
      name: "JourneyTests",
      dependencies: [
        "Explorer", "QueryEngine", "QueryLanguage", "Screen", "SpanStore", "Telemetry",
        "TestSupport", "TraceSupport", "Views",
      ],
      swiftSettings: house, linkerSettings: [libm]),
    tests("Views", ["Explorer", "QueryLanguage", "Screen", "Telemetry", "TraceSupport"]),
  ] + fuzz,
  cxxLanguageStandard: .cxx17
)
