import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ProgramTests {
  /// Every way out leaves the terminal as it was found.
  @Suite(.serialized, .timeLimit(.minutes(2))) struct LeavingTests {
    private func start() throws -> TerminalProgram {
      let program = try TerminalProgram(["chat", "--seed", "1"])
      try program.expect("> ")
      return program
    }

    @Test func sayingGoodbyeLeaves() throws {
      let program = try start()
      program.send("bye\r")
      #expect(program.finish() == 0)
    }

    @Test func wordsThatLeaveOtherProgramsAreNotTakenForTalk() throws {
      let program = try start()
      program.send("exit\r")
      try program.expect("To leave, type /quit")
      #expect(try program.leave() == 0)
    }

    @Test(arguments: [SIGTERM, SIGHUP]) func aSignalEndsItWithTheTerminalRestored(_ signal: Int32) throws {
      let program = try start()
      program.signal(signal)
      #expect(program.finish() == -signal)
      #expect(program.shown.contains("\u{1b}[?2004l"))
    }

    @Test func aClosedWindowEndsIt() throws {
      let program = try start()
      let outcome = try #require(program.closeWindow())
      #expect([0, -SIGHUP].contains(outcome))
    }

    @Test func aSignalWhileAReplyComesGentlyEndsIt() throws {
      let program = try TerminalProgram(["chat", "--seed", "1", "--pace", "gentle"])
      try program.expect("Hello.")
      program.signal(SIGTERM)
      #expect(program.finish() == -SIGTERM)
      #expect(program.shown.contains("\u{1b}[?2004l"))
    }

    @Test func closedStandardInputIsAnEmptyConversation() throws {
      let outcome = try Program.bash("\"$1\" --seed 1 <&-")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
    }

    /// A closed place would be taken by the next file that is opened, and what is shown written into it.
    @Test func whatIsShownNeverGoesIntoAFile() throws {
      let outcome = try Program.bash(
        "f=$(mktemp -u); echo hello | \"$1\" --seed 1 --record $f >&-; \"$1\" replay $f; rm -f $f")
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("1 passed"), "\(outcome.output)")
    }

    @Test(arguments: ["match", "chat"]) func anInputThatCannotBeReadIsAFailureOfTheSystem(_ command: String) throws {
      let outcome = try Program.bash("\"$1\" \(command) </")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("cannot read standard input"))
    }

    @Test(arguments: ["--help", "--version", "schema", "check Intents", "settings"])
    func aFullDiskIsAFailureOfTheSystem(_ command: String) throws {
      let outcome = try Program.bash("cd \"\(Program.root.path)\"; \"$1\" \(command) >/dev/full")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("cannot write to standard output"))
    }

    @Test func standardErrorMayBeFull() throws {
      #expect(try Program.bash("\"$1\" check /nonexistent 2>/dev/full").status == 1)
    }

    @Test func aReaderThatLeavesEarlyEndsItWithoutAWord() throws {
      let outcome = try Program.bash("yes hello | \"$1\" --seed 1 | head -1 >/dev/null; echo ${PIPESTATUS[1]}")
      #expect(outcome.output == "141\n")
      #expect(outcome.errors == "")
    }

    @Test func closedStandardOutputIsAFailureOfTheSystem() throws {
      let outcome = try Program.bash("echo hello | \"$1\" --seed 1 >&-")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains("cannot write to standard output"))
    }
  }

  /// A reply that comes word by word.
  @Suite(.serialized, .timeLimit(.minutes(2))) struct PaceTests {
    private func start() throws -> TerminalProgram {
      let program = try TerminalProgram(["chat", "--seed", "1", "--pace", "gentle", "--no-hints"])
      try program.expect("Hello.")
      return program
    }

    @Test func takesItsTime() throws {
      let program = try start()
      let before = Date()
      try program.expect("> ")
      #expect(Date().timeIntervalSince(before) > 1.5)
    }

    @Test func aSpaceSkipsTheWait() throws {
      let program = try start()
      let before = Date()
      program.send(" ")
      try program.expect("> ")
      #expect(Date().timeIntervalSince(before) < 1.5)
      program.send("/summary\r")
      try program.expect("/summary")
    }

    @Test func aLetterSkipsTheWaitAndIsNotLost() throws {
      let program = try start()
      program.send("/")
      try program.expect("> ")
      program.send("hepl\r")
      try program.expect("Did you mean /help?")
    }
  }
}
