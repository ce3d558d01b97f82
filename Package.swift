// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "drawbridge",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "drawbridge", targets: ["drawbridge"]),
    .library(name: "Dialogue", targets: ["Dialogue"]),
    .library(name: "IntentFiles", targets: ["IntentFiles"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(name: "Matching"),
    .target(name: "Dialogue", dependencies: ["Matching"]),
    .target(name: "IntentFiles", dependencies: ["Dialogue", .product(name: "Yams", package: "Yams")]),
    .executableTarget(name: "intentc", dependencies: ["IntentFiles"]),
    .plugin(name: "EmbedIntents", capability: .buildTool(), dependencies: ["intentc"]),
    .target(name: "ShippedBot", dependencies: ["Dialogue"], plugins: ["EmbedIntents"]),
    .target(name: "Transcripts", dependencies: ["Dialogue"]),
    .target(name: "CLineReader", linkerSettings: [.linkedLibrary("readline")]),
    .target(name: "Terminal", dependencies: ["CLineReader"]),
    .executableTarget(
      name: "drawbridge",
      dependencies: [
        "IntentFiles", "ShippedBot", "Terminal", "Transcripts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "MatchingTests", dependencies: ["Matching"]),
    .testTarget(name: "IntentFilesTests", dependencies: ["IntentFiles"], exclude: ["Mistakes"]),
    .testTarget(name: "TranscriptsTests", dependencies: ["Transcripts"]),
    .testTarget(
      name: "DrawbridgeTests", dependencies: ["drawbridge", "IntentFiles", "ShippedBot", "Transcripts"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
  ]
)
