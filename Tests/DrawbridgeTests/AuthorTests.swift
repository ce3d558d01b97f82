import Foundation
import Testing

extension ProgramTests {
  @Suite(.serialized, .timeLimit(.minutes(3))) struct AuthorTests {
    private func withBot(_ body: (URL) throws -> Void) throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: folder) }
      let made = try Program.run(["new", "bot", folder.path])
      #expect(made.status == 0, "\(made.errors)")
      try body(folder)
    }

    private static let noCache = ["DRAWBRIDGE_CACHE": ""]

    @Test func aNewBotAndANewIntentPassTheCheck() throws {
      try withBot { folder in
        let intent = try Program.run(["new", "intent", "too-much-sun", "--intents", folder.path])
        #expect(intent.status == 0, "\(intent.errors)")
        let check = try Program.run(["check", folder.path, "--thorough"], environment: Self.noCache)
        #expect(check.status == 0)
        #expect(check.output.hasSuffix("0 errors, 0 warnings in 9 files\n"), "\(check.output)")
        #expect(try Program.run(["new", "bot", folder.path]).status == 2)
        #expect(try Program.run(["new", "intent", "too-much-sun", "--intents", folder.path]).status == 2)
        #expect(try Program.run(["new", "intent", "../x", "--intents", folder.path]).status == 2)
      }
    }

    @Test func aTriedPatternIsSavedWhereItBelongs() throws {
      try withBot { folder in
        let line = "the ivy is drooping"
        let arguments = [
          "try", line, "--intents", folder.path, "--intent", "yellow-leaves", "--pattern", "ivy ... drooping",
        ]
        let tried = try Program.run(arguments, environment: Self.noCache)
        #expect(tried.status == 0)
        #expect(tried.output.contains("hears the line\n"), "\(tried.output)")
        let file = folder.appendingPathComponent("plants/yellow-leaves.yaml")
        let before = try String(contentsOf: file, encoding: .utf8)
        #expect(try Program.run(arguments + ["--save"], environment: Self.noCache).status == 0)
        let after = try String(contentsOf: file, encoding: .utf8)
        #expect(after.replacing("      - ivy ... drooping\n", with: "") == before)
        #expect(after != before)
        #expect(try Program.run(arguments + ["--save"], environment: Self.noCache).status == 1)
      }
    }

    @Test func aBotWithoutSourcesSaysSo() throws {
      try withBot { folder in
        let talk = try Program.run(["chat", "--intents", folder.path], lines: ["/sources", "/summary"])
        #expect(talk.output.contains("No sources are named."))
        #expect(talk.output.components(separatedBy: "\n\n").allSatisfy { !$0.isEmpty })
      }
    }

    @Test func changedFilesAreTakenOverBetweenTwoTurns() throws {
      try withBot { folder in
        let file = folder.appendingPathComponent("talk/talk.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let program = try TerminalProgram(
          ["chat", "--intents", folder.path, "--watch", "--seed", "1"], environment: Self.noCache)
        try program.expect("> ")
        program.send("hello\n")
        try program.expect("> ")
        try text.replacing("[Hello to you., Good to see you back.]", with: "[The kettle is on.]").write(
          to: file, atomically: true, encoding: .utf8)
        program.send("hi\n")
        try program.expect("taken over")
        try program.expect("The kettle is on.")
        try program.expect("> ")
        try (text + "greeet: [\n").write(to: file, atomically: true, encoding: .utf8)
        program.send("hello\n")
        try program.expect("talk.yaml:")
        try program.expect("The last good rules stay.")
        try program.expect("The kettle is on.")
        #expect(try program.leave() == 0)
      }
    }
  }
}
