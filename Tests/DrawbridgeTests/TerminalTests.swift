import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ProgramTests {
  @Suite(.serialized, .timeLimit(.minutes(2))) struct TerminalTests {
    private func start(columns: UInt16 = 80, environment: [String: String] = [:]) throws -> TerminalProgram {
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
      program.send("/summary\r")
      try program.expect("only begun")
      #expect(try program.leave() == 0)
    }

    @Test func controlDTakesLeaveKindly() throws {
      let program = try TerminalProgram(["chat", "--seed", "1"])
      #expect(try program.leave() == 0)
    }

    @Test func tabCompletesCommands() throws {
      let program = try start()
      program.send("/summ\t")
      try program.expect("/summary")
      program.send("\r")
      try program.expect("only begun")
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
      program.signal(SIGWINCH)
      program.send("/summary\r")
      try program.expect("only begun")
    }

    @Test func readsALineOfTwentyThousandCharacters() throws {
      let program = try start()
      program.send(String(repeating: "tired ", count: 3_400))
      program.send("\r")
      try program.expect("\r\n\r\n", seconds: 60)
    }

    @Test func terminationRestoresTheTerminal() throws {
      let program = try start()
      program.signal(SIGTERM)
      #expect(program.finish() == -SIGTERM)
      #expect(program.shown.hasSuffix("\u{1b}[?2004l\r") || program.shown.contains("\u{1b}[?2004l"))
    }
  }
}
