// swift-tools-version: 6.1
import PackageDescription

// Named by `make build`; the same commit gives the same program.
let commit = Context.environment["DRAWBRIDGE_COMMIT"] ?? ""

// A build compiles the intents itself, for which it builds the engine twice: for the tool that does it, and for the
// program. `make` does it once for all its builds, and names the file.
let intentsAreCompiled = Context.environment["COMPILED_INTENTS"] != nil

let package = Package(
  name: "drawbridge",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "drawbridge", targets: ["drawbridge"]),
    .library(name: "Matching", targets: ["Matching"]),
    .library(name: "Dialogue", targets: ["Dialogue"]),
    .library(name: "IntentFiles", targets: ["IntentFiles"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "Matching"),
    .target(name: "Dialogue", dependencies: ["Matching"]),
    .target(name: "IntentFiles", dependencies: ["Dialogue", .product(name: "Yams", package: "Yams")]),
    .executableTarget(name: "intentc", dependencies: ["IntentFiles"]),
    .plugin(name: "EmbedIntents", capability: .buildTool(), dependencies: intentsAreCompiled ? [] : ["intentc"]),
    // Optimised across modules, the bot would lie in the program once more for each module that loads it.
    .target(
      name: "ShippedBot", dependencies: ["Dialogue"], swiftSettings: [.unsafeFlags(["-disable-cmo"])],
      plugins: ["EmbedIntents"]),
    .target(name: "Transcripts", dependencies: ["Dialogue"]),
    .target(name: "Graphs", dependencies: ["Dialogue"]),
    .target(name: "Reports", dependencies: ["Graphs", "Transcripts"]),
    .target(name: "CLineReader", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "CBuild", cSettings: [.define("DRAWBRIDGE_COMMIT", to: "\"\(commit)\"")]),
    .target(name: "Terminal", dependencies: ["CLineReader"]),
    .executableTarget(
      name: "drawbridge",
      dependencies: [
        "CBuild", "Graphs", "IntentFiles", "Reports", "ShippedBot", "Terminal", "Transcripts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // Packed relocations: a third less memory is touched, and time spent, before the program begins. What a
      // conversation runs through lies together, so that a twentieth of the program has to be in memory for it.
      linkerSettings: [
        .unsafeFlags(
          ["-use-ld=lld"]
            + [
              "-z", "pack-relative-relocs", "--no-warn-symbol-ordering",
              "--symbol-ordering-file=\(Context.packageDirectory)/packaging/functions.order",
            ].flatMap { ["-Xlinker", $0] }, .when(platforms: [.linux]))
      ]),
    .executableTarget(name: "example", dependencies: ["Dialogue", "IntentFiles"], path: "Examples"),
    .testTarget(name: "MatchingTests", dependencies: ["Matching"]),
    .testTarget(name: "IntentFilesTests", dependencies: ["IntentFiles"], exclude: ["Mistakes"]),
    .testTarget(name: "TranscriptsTests", dependencies: ["IntentFiles", "Transcripts"]),
    .testTarget(name: "GraphsTests", dependencies: ["Graphs"]),
    .testTarget(name: "HearingTests", dependencies: ["ShippedBot"], exclude: ["Rounds"]),
    .testTarget(name: "ReportsTests", dependencies: ["IntentFiles", "Reports"]),
    .testTarget(
      name: "DrawbridgeTests", dependencies: ["drawbridge", "example", "IntentFiles", "ShippedBot", "Transcripts"],
      exclude: ["Screens"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
  ]
)
