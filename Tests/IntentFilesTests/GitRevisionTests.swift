import Foundation
import Testing

@testable import IntentFiles

@Suite struct GitRevisionTests {
  /// A repository with a folder of intents in it, at two commits.
  private final class Repository {
    let root: URL
    var intents: URL { root.appendingPathComponent("My Intents") }

    init() throws {
      root = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent("My Intents/signs"), withIntermediateDirectories: true)
      try git("init", "-q")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ path: String, _ text: String) throws {
      try text.write(to: root.appendingPathComponent(path), atomically: true, encoding: .utf8)
    }

    func git(_ arguments: String...) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", root.path, "-c", "user.name=t", "-c", "user.email=t@example.org"] + arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
    }
  }

  @Test func readsTheFilesOfACommit() throws {
    let repository = try Repository()
    try repository.write("My Intents/signs/a é.yaml", "first\n")
    try repository.write("My Intents/empty.txt", "")
    try repository.write("My Intents/README.md", "no intent\n")
    try repository.write("My Intents/.hidden.yaml", "hidden\n")
    try repository.write("outside.yaml", "outside\n")
    try FileManager.default.createSymbolicLink(
      atPath: repository.intents.path + "/link.yaml", withDestinationPath: "signs/a é.yaml")
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "one")
    try repository.write("My Intents/signs/a é.yaml", "second\n")
    let old = try GitRevision.read(repository.intents.path, at: "HEAD")
    #expect(old.map(\.path).sorted() == ["empty.txt", "signs/a é.yaml"])
    #expect(old.first { $0.path == "signs/a é.yaml" }?.bytes == Array("first\n".utf8))
    #expect(old.first { $0.path == "empty.txt" }?.bytes == [])
    let now = try IntentFolder.read(repository.intents.path)
    #expect(now.map(\.path).sorted() == old.map(\.path).sorted())
  }

  @Test(arguments: ["nonsense", "--help", "-x", "", "HEAD; true", "\u{1b}[31m"])
  func whatIsNoRevisionIsRefused(_ revision: String) throws {
    let repository = try Repository()
    try repository.write("My Intents/a.yaml", "a\n")
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "one")
    #expect {
      _ = try GitRevision.read(repository.intents.path, at: revision)
    } throws: { error in
      "\(error)".contains("is neither a folder nor a revision") && !"\(error)".contains("\u{1b}")
    }
  }

  @Test func aFolderThatWasNotThereYetIsNamed() throws {
    let repository = try Repository()
    try repository.write("a.yaml", "a\n")
    try repository.git("add", "-A")
    try repository.git("commit", "-qm", "one")
    try repository.write("My Intents/b.yaml", "b\n")
    #expect {
      _ = try GitRevision.read(repository.intents.path, at: "HEAD")
    } throws: { error in
      "\(error)".contains("has no intent files at HEAD")
    }
  }
}
