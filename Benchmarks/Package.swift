// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "drawbridge", path: "..")],
  targets: [
    .executableTarget(name: "rulebench", dependencies: [.product(name: "Matching", package: "drawbridge")]),
    .executableTarget(name: "turnbench", dependencies: [.product(name: "IntentFiles", package: "drawbridge")]),
  ]
)
