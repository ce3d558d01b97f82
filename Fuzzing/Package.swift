// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody else pays for it. The modules are the project's own sources, linked into
// Sources/ and compiled once more, so that the fuzzer sees which ways through them an input takes.
let watched: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library", "-enable-testing"])]

let package = Package(
  name: "fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(url: "https://github.com/jpsim/Yams", exact: "6.2.2")],
  targets: [
    .target(name: "Matching", swiftSettings: watched),
    .target(name: "Dialogue", dependencies: ["Matching"], swiftSettings: watched),
    .target(
      name: "IntentFiles", dependencies: ["Dialogue", .product(name: "Yams", package: "Yams")], swiftSettings: watched),
    .target(name: "Transcripts", dependencies: ["Dialogue"], swiftSettings: watched),
    .target(name: "CLineReader", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "Terminal", dependencies: ["CLineReader"], swiftSettings: watched),
    // What answers the lines of a conversation, without the commands that start one.
    .target(name: "Session", dependencies: ["IntentFiles", "Terminal", "Transcripts"], swiftSettings: watched),
    .target(name: "CFuzzMain"),
    .executableTarget(
      name: "fuzz", dependencies: ["CFuzzMain", "Session"], swiftSettings: watched,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]),
  ]
)
