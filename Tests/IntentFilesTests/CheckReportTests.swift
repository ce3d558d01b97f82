import Foundation
import IntentFiles
import Testing

@Suite struct CheckReportTests {
  private static let files = Folder.files([
    "signs/a.yaml": "a:\n  about: rest\n  hears:\n    patterns:\n      - my ~famly\n"
  ])

  @Test func showsTheLineAndMarksThePlace() {
    let report = BotChecker.check(Self.files, store: MatcherStore())
    let text = report.text(prefix: "Intents", files: Self.files) { text, _ in text }
    #expect(
      text.hasPrefix(
        """
        Intents/signs/a.yaml:5:12: error: unknown word class: '~famly'; did you mean 'family'?
            5 |       - my ~famly
              |            ^~~~~~

        """), "\(text)")
    #expect(text.contains("1 error, 0 warnings in 5 files"))
    #expect(text.contains("not looked at: "))
  }

  @Test func errorsComeFirstAndAreCountedByKind() {
    let files = Folder.files([
      "signs/a.yaml":
        "a:\n  about: rest\n  says:\n    happens:\n      talk:\n        - You should rest.\n        - You just rest.\n",
      "signs/z.yaml": "z:\n  about: rest\n  heers: {}\n",
    ])
    let report = BotChecker.check(files, store: MatcherStore())
    #expect(report.diagnostics.first?.file == "signs/z.yaml")
    #expect(report.diagnostics.dropFirst().allSatisfy { $0.severity == .warning })
    #expect(report.errors == 1 && report.warnings >= 2)
    let counts = Dictionary(grouping: report.diagnostics) { $0.rule.rawValue }.map { "\($0.value.count) \($0.key)" }
    #expect(report.kinds.components(separatedBy: ", ").sorted() == counts.sorted())
    #expect(counts.contains("1 schema"))
    let text = report.text(prefix: "", files: files) { text, _ in text }
    #expect(text.contains("of these kinds: \(report.kinds)\n1 error, "))
  }

  @Test func aPartOfAFolderIsShownAloneAndTheRestCounted() {
    let files = Folder.files([
      "signs/a.yaml": "a:\n  about: rest\n  heers: {}\n", "costs/z.yaml": "z:\n  about: rest\n  heers: {}\n",
    ])
    let report = BotChecker.check(files, store: MatcherStore())
    #expect(report.within("signs").diagnostics.map(\.file) == ["signs/a.yaml"])
    #expect(report.within("costs/z.yaml").diagnostics.map(\.file) == ["costs/z.yaml"])
    #expect(report.within("sign").diagnostics.isEmpty)
    #expect(report.within("signs").summary == "1 error, 0 warnings here; elsewhere 1 error, 0 warnings in 6 files")
  }

  @Test func longLinesAreCutAroundThePlace() {
    let long = "      - " + String(repeating: "so ", count: 200) + "~famly"
    let files = Folder.files(["signs/a.yaml": "a:\n  about: rest\n  hears:\n    patterns:\n\(long)\n"])
    let text = BotChecker.check(files, store: MatcherStore()).text(prefix: "", files: files) { text, _ in text }
    let lines = text.split(separator: "\n")
    #expect(lines[1].count < 115)
    let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
    let place = lines[1].firstIndex(of: "~").map { lines[1].distance(from: lines[1].startIndex, to: $0) }
    #expect(caret == place)
  }

  @Test func givesObjectsToPrograms() throws {
    struct Report: Decodable {
      struct Problem: Decodable {
        var file: String
        var line: Int
        var column: Int
        var severity: String
        var rule: String
        var message: String
        var mend: String
      }
      var errors: Int
      var problems: [Problem]
    }
    let json = BotChecker.check(Self.files, store: MatcherStore()).json(prefix: "x y")
    let report = try JSONDecoder().decode(Report.self, from: Data(json.utf8))
    #expect(report.errors == 1)
    let problem = try #require(report.problems.first)
    #expect(problem.file == "x y/signs/a.yaml" && problem.line == 5 && problem.column == 12)
    #expect(problem.severity == "error" && problem.rule == "name" && problem.mend == "did you mean 'family'?")
  }

  @Test func givesSARIFToCodeHosts() throws {
    let text = BotChecker.check(Self.files, store: MatcherStore()).sarif(prefix: "x y", version: "1.0.0")
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    #expect(result["ruleId"] as? String == "name")
    #expect(text.contains("\"uri\": \"x%20y/signs/a.yaml\""))
    #expect(text.contains("\"startLine\": 5"))
  }
}

/// Files and folders as bad as they come.
@Suite struct HostileFilesTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("intents-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path + "/closed")
      try? FileManager.default.removeItem(at: folder)
    }
    for file in Folder.files() {
      let url = folder.appendingPathComponent(file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
    try body(folder)
  }

  @Test func aFileOfAHundredMegabytesIsNotReadWhole() throws {
    try withFolder { folder in
      try Data(repeating: UInt8(ascii: "a"), count: 100 << 20).write(to: folder.appendingPathComponent("big.yaml"))
      let files = try IntentFolder.read(folder.path)
      #expect(files.allSatisfy { $0.bytes.count <= SourceFile.limit + 1 })
      let found = BotLoader.load(files).diagnostics
      #expect(
        found.map(\.description) == ["big.yaml: error: the file is larger than 4 MB; split it into several files"])
    }
  }

  @Test func linksThatRunInCirclesAreNotFollowed() throws {
    try withFolder { folder in
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent("signs/again"), withDestinationURL: folder)
      #expect(try IntentFolder.read(folder.path).count == 4)
    }
  }

  @Test func aPartOfABotIsKnownForOne() throws {
    try withFolder { folder in
      let part = try #require(IntentFolder.enclosing(folder.path + "/signs"))
      #expect(part.part == "signs" && part.folder.hasSuffix(folder.lastPathComponent))
      #expect(IntentFolder.enclosing(folder.path + "/signs/asking.yaml")?.part == "signs/asking.yaml")
      #expect(IntentFolder.enclosing(folder.path) == nil)
      #expect(IntentFolder.enclosing(folder.path + "/nowhere") == nil)
      #expect(IntentFolder.enclosing("/") == nil)
    }
  }

  @Test func aClosedFolderIsNamed() throws {
    // Nothing is closed to the superuser.
    guard geteuid() != 0 else { return }
    try withFolder { folder in
      let closed = folder.appendingPathComponent("closed")
      try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed.path)
      #expect(throws: IntentFolder.Failure.self) { try IntentFolder.read(folder.path) }
    }
  }

  @Test func namesWithControlCharactersAreShownWithoutThem() throws {
    try withFolder { folder in
      try Data("x: [\n".utf8).write(to: folder.appendingPathComponent("a\u{1b}[31m\n.yaml"))
      let files = try IntentFolder.read(folder.path)
      let report = BotChecker.check(files, store: MatcherStore())
      #expect(report.errors == 1)
      let texts = [
        report.text(prefix: "", files: files) { text, _ in text }, report.json(prefix: ""),
        report.sarif(prefix: "", version: "1"),
      ]
      #expect(texts.allSatisfy { !$0.contains("\u{1b}") })
    }
  }

  @Test func linesWithControlCharactersAreShownWithoutThem() {
    let files = Folder.files(["signs/a.yaml": "a:\n  about: rest\n  heers: \"\u{202e}\u{9b}31m\"\n"])
    let text = BotChecker.check(files, store: MatcherStore()).text(prefix: "", files: files) { text, _ in text }
    #expect(text.contains("3:3: error") || text.contains("YAML"))
    #expect(!text.unicodeScalars.contains { $0 == "\u{202e}" || $0 == "\u{9b}" })
  }

  @Test func aliasesAreRefusedWhereverTheyHide() {
    let text = "a: [\"x\", &a [x, x]]\nb: [\"\", *a, *a]\n"
    #expect(BotLoader.load(Folder.files(["bomb.yaml": text])).hasErrors)
    var bomb = "a0: [\"\", &a0 [x, x, x, x, x, x, x, x, x]]\n"
    for level in 1..<9 {
      bomb +=
        "a\(level): [\"\", &a\(level) [" + [String](repeating: "\"\", *a\(level - 1)", count: 9).joined(separator: ", ")
        + "]]\n"
    }
    #expect(BotLoader.load(Folder.files(["bomb.yaml": bomb])).hasErrors)
  }

  @Test func aFileThatChangesBetweenLookingAndReadingIsReadAsItIs() throws {
    try withFolder { folder in
      let url = folder.appendingPathComponent("signs/asking.yaml")
      let writer = Thread {
        for i in 0..<200 { try? Data(Folder.intent.utf8.prefix(i * 7 % 300)).write(to: url, options: .atomic) }
      }
      writer.start()
      for _ in 0..<50 {
        _ = (try? IntentFolder.read(folder.path)).map { BotChecker.check($0, store: MatcherStore()) }
      }
      while !writer.isFinished { usleep(1_000) }
    }
  }
}
