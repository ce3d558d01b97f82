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

    /// A conversation with a new bot whose files are watched, and one of these files to change.
    private func withWatchedFile(_ path: String, _ body: (TerminalProgram, URL, String) throws -> Void) throws {
      try withBot { folder in
        let file = folder.appendingPathComponent(path)
        let program = try TerminalProgram(
          ["chat", "--intents", folder.path, "--watch", "--seed", "1"], environment: Self.noCache)
        try program.expect("> ")
        try body(program, file, String(contentsOf: file, encoding: .utf8))
      }
    }

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
        #expect(tried.output.hasPrefix("now      "), "\(tried.output)")
        #expect(tried.output.contains("\nwith it  yellow-leaves "), "\(tried.output)")
        let file = folder.appendingPathComponent("plants/yellow-leaves.yaml")
        let before = try String(contentsOf: file, encoding: .utf8)
        #expect(try Program.run(arguments + ["--save"], environment: Self.noCache).status == 0)
        let after = try String(contentsOf: file, encoding: .utf8)
        #expect(after.replacing("      - ivy ... drooping\n", with: "") == before)
        #expect(after != before)
        #expect(try Program.run(arguments + ["--save"], environment: Self.noCache).status == 1)
      }
    }

    @Test func theVerdictComesFirst() throws {
      try withBot { folder in
        let line = "my fern lost its colour overnight"
        func run(_ arguments: [String]) throws -> [String] {
          // In its own folder: elsewhere transcripts of another bot are listened to as well.
          let outcome = try Program.run(
            ["try", line, "--intents", folder.path] + arguments, environment: Self.noCache, folder: folder)
          #expect(outcome.status == 0, "\(outcome.errors)")
          return outcome.output.components(separatedBy: "\n")
        }
        let plain = try run([])
        #expect(plain[0].hasPrefix("now      "))
        #expect(plain[1...3] == ["", "why it is heard as it is now:", ""])
        let whole = try run([
          "--intent", "forgot-to-water", "--pattern", "my fern lost its colour overnight", "--whole",
        ])
        #expect(whole[0] == plain[0] || whole[0].hasPrefix(plain[0] + " ("))
        #expect(whole[1].hasPrefix("with it  forgot-to-water ") && whole[1].hasSuffix(": the line is won"), "\(whole)")
        let deaf = try run(["--intent", "forgot-to-water", "--pattern", "winter"])
        #expect(deaf[1].hasSuffix(": the pattern does not hear the line"))
        let example = try run(["--intent", "forgot-to-water", "--example"])
        #expect(example[1].hasPrefix("with it  forgot-to-water "), "\(example)")
        #expect(
          example.contains { $0.hasPrefix("no line of the examples") || $0.hasPrefix("won") || $0.hasPrefix("lost") })
      }
    }

    @Test func theFolderHereIsWorkedOnAndNotTalkedTo() throws {
      try withBot { folder in
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        try FileManager.default.copyItem(at: folder, to: home.appendingPathComponent("Intents"))
        func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Outcome {
          try Program.run(
            arguments, input: Data("hello\n".utf8), environment: Self.noCache.merging(environment) { $1 }, folder: home)
        }
        #expect(try run(["explain", "hello"]).output.contains("talk/talk.yaml"))
        #expect(try run(["explain", "hello"]).output.contains("(talk/talk.yaml:"))
        #expect(try run(["chat", "--seed", "1"]).output.contains("I am Drawbridge"))
        #expect(try !run(["chat", "--seed", "1", "--watch"]).output.contains("I am Drawbridge"))
        #expect(
          try !run(["chat", "--seed", "1"], ["DRAWBRIDGE_INTENTS": "Intents"]).output.contains("I am Drawbridge"))
        #expect(try run(["check"]).output.hasSuffix("0 errors, 0 warnings in 8 files\n"))
        let part = try run(["check", "Intents/talk"])
        #expect(part.status == 0 && part.output.hasSuffix("0 errors, 0 warnings in 8 files\n"), "\(part)")
        #expect(part.errors.contains("Intents/talk is a part of the bot in Intents"))
      }
    }

    @Test func aTerminalTellsOfRulesThatAreThereAndNotUsed() throws {
      try withBot { folder in
        let home = folder.appendingPathComponent("home")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
          at: home.appendingPathComponent("Intents"), withDestinationURL: folder.appendingPathComponent("talk"))
        let program = try TerminalProgram(["chat", "--seed", "1"], folder: home)
        try program.expect("those in ./Intents differ")
        try program.expect("I am Drawbridge")
        #expect(try program.leave() == 0)
        let here = try TerminalProgram(["chat", "--seed", "1"], folder: Program.root)
        #expect(try here.leave() == 0)
        #expect(!here.shown.contains("differ"))
      }
    }

    @Test func learningAnewIsToldWithItsTime() throws {
      try withWatchedFile("plants/yellow-leaves.yaml") { program, file, text in
        try text.replacing("    patterns:\n", with: "    patterns:\n      - the kettle sings\n", maxReplacements: 1)
          .write(
            to: file, atomically: true, encoding: .utf8)
        program.send("hello\n")
        try program.expect("Learning the examples anew ...")
        try program.expect("learning the examples anew took ")
        try program.expect(" s.")
        #expect(try program.leave() == 0)
      }
    }

    @Test func aBotWithoutSourcesSaysSo() throws {
      try withBot { folder in
        let talk = try Program.run(["chat", "--intents", folder.path], lines: ["/sources", "/summary"])
        #expect(talk.output.contains("No sources are named."))
        #expect(talk.output.components(separatedBy: "\n\n").allSatisfy { !$0.isEmpty })
      }
    }

    @Test func aBotThatHasNoWordsToSumUpWithSaysSo() throws {
      try withBot { folder in
        let file = folder.appendingPathComponent("dialogue.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try String(text.prefix(upTo: #require(text.range(of: "summary:")).lowerBound))
          .write(to: file, atomically: true, encoding: .utf8)
        let talk = try Program.run(["chat", "--intents", folder.path], lines: ["hello there", "/summary"])
        #expect(talk.output.contains("There is nothing to sum up yet."))
      }
    }

    @Test func changedFilesAreTakenOverBetweenTwoTurns() throws {
      try withWatchedFile("talk/talk.yaml") { program, file, text in
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
