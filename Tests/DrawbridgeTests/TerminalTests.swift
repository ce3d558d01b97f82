import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ProgramTests {
  @Suite(.serialized, .timeLimit(.minutes(2))) struct TerminalTests {
    private func start(columns: UInt16 = 80, environment: [String: String?] = [:]) throws -> TerminalProgram {
      let program = try TerminalProgram(["chat", "--seed", "1"], columns: columns, environment: environment)
      try program.expect("> ")
      return program
    }

    @Test func holdsAConversationAndTakesLeave() throws {
      let program = try start()
      #expect(program.shown.contains("a program, not a person"))
      program.send("I can't ask anyone for help\r")
      try program.expect("help")
      try program.expect("\r\n\r\n")
      try program.expect("> ")
      program.send("/quit\r")
      #expect(program.finish() == 0)
    }

    @Test func controlCDropsTheLineAndNotTheConversation() throws {
      let program = try start()
      program.send("half a li")
      try program.expect("half a li")
      program.send("\u{3}")
      try program.expect("dropped")
      program.send("/undo\r")
      try program.expect("nothing to take back")
      #expect(try program.leave() == 0)
    }

    @Test func controlDTakesLeaveKindly() throws {
      let program = try TerminalProgram(["chat", "--seed", "1"])
      #expect(try program.leave() == 0)
    }

    @Test func tabCompletesCommands() throws {
      let program = try start()
      program.send("/und\t")
      try program.expect("/undo")
      program.send("\r")
      try program.expect("nothing to take back")
    }

    @Test func theUpArrowBringsBackTheLastLine() throws {
      let program = try start()
      program.send("/nonsense\r")
      try program.expect("There is no command /nonsense")
      program.send("\u{1b}[A")
      try program.expect("/nonsense")
      program.send("\r")
      try program.expect("There is no command /nonsense")
    }

    @Test func aPasteOfSeveralLinesIsOneUtterance() throws {
      let program = try start()
      program.send("\u{1b}[200~I carry everything\nand nobody knows\u{1b}[201~")
      try program.expect("knows")
      program.send("\r")
      try program.expect("> ")
      program.send("/undo\r")
      try program.expect("Taken back")
      program.send("/undo\r")
      try program.expect("nothing to take back")
    }

    @Test func wrapsToANarrowTerminal() throws {
      let program = try start(columns: 40, environment: ["NO_COLOR": "1"])
      let lines = program.shown.split(whereSeparator: \.isNewline)
      #expect(lines.count > 3)
      #expect(lines.filter { !$0.contains("\u{1b}") }.allSatisfy { $0.count <= 40 })
    }

    @Test func showsNoColourWhereNoneIsWanted() throws {
      let program = try start(environment: ["NO_COLOR": "1"])
      program.send("/help\r")
      try program.expect("/quit")
      #expect(!program.shown.contains("\u{1b}[2m"))
      #expect(!program.shown.contains("\u{1b}[0m"))
    }

    @Test func survivesAResize() throws {
      let program = try start()
      program.resize(columns: 30)
      program.send("/undo\r")
      // In 30 columns the line may break before its last word.
      try program.expect("nothing to take")
      try program.expect("back.")
    }

    @Test func readsALineOfTwentyThousandCharacters() throws {
      let program = try start()
      program.send(String(repeating: "tired ", count: 3_400))
      program.send("\r")
      try program.expect("\r\n\r\n", seconds: 60)
    }

    @Test(arguments: [nil, "", "dumb", "no-such-terminal"])
    func sendsNoEscapesToATerminalThatMayNotKnowThem(_ name: String?) throws {
      let program = try start(environment: ["TERM": name])
      program.send("/help\r")
      try program.expect("/quit")
      try program.expect("> ")
      program.send("/clear\r")
      try program.expect("cannot be wiped")
      #expect(!program.shown.contains("\u{1b}"))
    }

    @Test(arguments: [1, 2, 20]) func holdsAConversationInAFewColumns(_ columns: UInt16) throws {
      let program = try start(columns: columns, environment: ["NO_COLOR": "1"])
      program.send("/summary\r")
      try program.expect(".\r\n\r\n")
      program.send("/quit\r")
      #expect(program.finish() == 0)
    }

    @Test(arguments: ["C", "POSIX", "xx_XX.nonsense"])
    func takesUTF8WhereTheLocaleNamesNoCharacters(_ locale: String) throws {
      let program = try start(environment: ["LANG": nil, "LC_ALL": locale])
      program.send("/zoë\r")
      try program.expect("There is no command /zoë")
    }

    @Test func anInputrcWithViKeysIsFollowed() throws {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("inputrc-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: file) }
      try "$if drawbridge\nset editing-mode vi\n$endif\n".write(to: file, atomically: true, encoding: .utf8)
      let program = try start(environment: ["INPUTRC": file.path])
      program.send("/sumarx")
      try program.expect("/sumarx")
      // Escape, then x takes the last letter away, then A goes on at the end.
      program.send("\u{1b}")
      usleep(700_000)
      program.send("xAz\r")
      try program.expect("There is no command /sumarz")
    }

    @Test func editingCanBeChosenOverTheInputrc() throws {
      let program = try TerminalProgram(["chat", "--seed", "1", "--editing", "vi"])
      try program.expect("> ")
      program.send("/sumarx")
      try program.expect("/sumarx")
      program.send("\u{1b}")
      usleep(700_000)
      program.send("xAz\r")
      try program.expect("There is no command /sumarz")
    }

    @Test func aSlipInACommandIsNeverTakenForTalk() throws {
      let program = try start()
      program.send("/qiut\r")
      try program.expect("Did you mean /quit?")
      program.send("/undo\r")
      try program.expect("nothing to take back")
    }

    @Test func hintsAtCommandsInTheBeginningOnly() throws {
      let program = try start()
      #expect(program.shown.contains("/help lists commands"))
      for _ in 1...4 {
        program.send("I never ask for help\r")
        try program.expect("\r\n\r\n")
        try program.expect("> ")
      }
      let hints = program.shown.components(separatedBy: "/help lists commands").count - 1
      #expect(hints == 3)
    }

    @Test func hintsNothingToSomeoneAtRisk() throws {
      let program = try start()
      program.send("I want to die\r")
      try program.expect("\r\n\r\n")
      try program.expect("> ")
      #expect(program.shown.components(separatedBy: "/help lists commands").count == 2)
    }

    @Test func spellsOutWhoSpeaksForScreenReaders() throws {
      let program = try TerminalProgram(["chat", "--seed", "1", "--plain"])
      try program.expect("You: ")
      #expect(program.shown.contains("Drawbridge: Hello."))
      #expect(!program.shown.contains("\u{1b}[2m"))
      program.send("\u{4}")
      #expect(program.finish() == 0)
    }
  }
}
