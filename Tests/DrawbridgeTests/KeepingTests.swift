import Foundation
import Testing

extension ProgramTests {
  /// What is written to the disk, and what never is.
  @Suite(.serialized, .timeLimit(.minutes(2))) final class KeepingTests {
    private let home: String
    private var history: String { home + "/state/drawbridge/history" }
    private var environment: [String: String?] {
      ["HOME": home, "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config"]
    }

    init() throws {
      home = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: home) }

    private func talk(_ options: [String], _ lines: [String]) throws -> TerminalProgram {
      let program = try TerminalProgram(["chat", "--seed", "1", "--no-hints"] + options, environment: environment)
      for line in lines {
        try program.expect("> ")
        program.send(line + "\r")
        try program.expect("\n\r\n")
      }
      return program
    }

    private func choose(_ settings: String) throws {
      try FileManager.default.createDirectory(atPath: home + "/config/drawbridge", withIntermediateDirectories: true)
      try settings.write(toFile: home + "/config/drawbridge/settings", atomically: true, encoding: .utf8)
    }

    @Test func aConversationWritesNothing() throws {
      #expect(try talk([], ["I never ask for help", "/plan who my sister"]).leave() == 0)
      #expect(try FileManager.default.subpathsOfDirectory(atPath: home) == [])
    }

    @Test func linesAreKeptOnlyWhereSwitchedOnAndNeverOnceAtRisk() throws {
      #expect(try talk(["--history"], ["I never ask for help", "I want to kill myself", "I am tired"]).leave() == 0)
      #expect(try String(contentsOfFile: history, encoding: .utf8) == "I never ask for help\n")
      let mode = try FileManager.default.attributesOfItem(atPath: history)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }

    @Test func keptLinesComeBackInTheNextConversation() throws {
      try choose("history = yes\n")
      #expect(try talk([], ["I never ask for help"]).leave() == 0)
      let program = try talk([], [])
      try program.expect("> ")
      program.send("\u{12}never")
      try program.expect("ever ask for help")
    }

    @Test func clearingRemovesTheFile() throws {
      #expect(try talk(["--history"], ["I never ask for help", "/clear"]).leave() == 0)
      #expect(!FileManager.default.fileExists(atPath: history))
    }

    @Test func forgettingTakesBackTheLinesOfThisConversation() throws {
      #expect(try talk(["--history"], ["the first"]).leave() == 0)
      #expect(try talk(["--history"], ["the second", "/forget"]).leave() == 0)
      #expect(try String(contentsOfFile: history, encoding: .utf8) == "the first\n")
    }

    @Test func aHistoryThatCannotBeWrittenIsSaidOnceAndTheConversationGoesOn() throws {
      #expect(FileManager.default.createFile(atPath: home + "/state", contents: Data()))
      let program = try talk(["--history"], ["one", "two"])
      #expect(try program.leave() == 0)
      #expect(program.shown.components(separatedBy: "are not kept").count == 2)
    }

    @Test func withoutAHomeNothingIsSaidUnlessHistoryIsWanted() throws {
      let program = try TerminalProgram(["--seed", "1"], environment: ["HOME": nil])
      #expect(try program.leave() == 0)
      let wanting = try TerminalProgram(["--seed", "1", "--history"], environment: ["HOME": nil])
      try wanting.expect("no home folder")
      #expect(try wanting.leave() == 0)
    }

    @Test func whatIsWrongWithTheSettingsIsSaidOnce() throws {
      try choose("colr = never\ncountry = IE\n")
      let outcome = try Program.run(
        ["--seed", "1"], input: Data("/lines\n".utf8), environment: environment.compactMapValues { $0 })
      #expect(outcome.status == 0)
      #expect(
        outcome.errors
          == "\(home)/config/drawbridge/settings:1:1: warning: there is no setting `colr`; did you mean `colour`?\n")
      #expect(outcome.output.contains("Ireland"))
    }

    @Test func anOptionWinsOverTheFile() throws {
      try choose("country = IE\n")
      let outcome = try Program.run(
        ["--country", "gb"], input: Data("/lines\n".utf8), environment: environment.compactMapValues { $0 })
      #expect(outcome.output.contains("United Kingdom"))
    }

    @Test func settingsAreShownAsAFile() throws {
      try choose("pace = gentle\n")
      let environment = environment.compactMapValues { $0 }
      let outcome = try Program.run(["settings"], environment: environment)
      #expect(outcome.output.contains("\npace = gentle\n"))
      #expect(outcome.output.contains("\n#country = GB\n"))
      #expect(
        try Program.run(["settings", "--where"], environment: environment).output
          == home + "/config/drawbridge/settings\n")
    }

    @Test func thePlanIsSavedOnlyWhenAsked() throws {
      let lines = ["/plan helps a walk", "/plan nonsense", "/plan drop 7", "/plan save plan.txt"]
      let outcome = try Program.run(
        ["--country", "GB"], input: Data((lines.joined(separator: "\n") + "\n").utf8),
        folder: URL(fileURLWithPath: home))
      #expect(outcome.output.contains("Name the number of a line"))
      let plan = try String(contentsOfFile: home + "/plan.txt", encoding: .utf8)
      #expect(plan.contains("1   a walk"))
      #expect(plan.contains("Samaritans"))
      let mode = try FileManager.default.attributesOfItem(atPath: home + "/plan.txt")[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }
}
