import Foundation
import Testing

extension ProgramTests {
  /// What a person sees, in a terminal of tmux. The screens are kept in `Screens/`; with UPDATE_SCREENS set they
  /// are written anew.
  @Suite(.serialized, .timeLimit(.minutes(3)), .enabled(if: Tmux.isThere, "tmux is needed"))
  struct ScreenTests {
    private func start(_ columns: Int, _ rows: Int, _ options: [String] = []) throws -> Tmux {
      try Tmux(
        columns: columns, rows: rows,
        command: [Program.path, "chat", "--seed", "1", "--country", "GB", "--intents", Tmux.bot] + options)
    }

    @Test(arguments: [(80, 24), (40, 16), (20, 30), (120, 12)])
    func opening(_ columns: Int, _ rows: Int) throws {
      let tmux = try start(columns, rows)
      try tmux.expect("opening-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (40, 24), (20, 40)])
    func aLongReply(_ columns: Int, _ rows: Int) throws {
      let tmux = try start(columns, rows, ["--no-hints"])
      try tmux.say("I never ask for help")
      try tmux.expect("reply-\(columns)x\(rows)")
    }

    @Test func aNewWidthInTheMiddleOfALine() throws {
      let tmux = try start(80, 24, ["--no-hints"])
      try tmux.say("I never ask for help")
      try tmux.wait("one person")
      try tmux.type("because they")
      try tmux.wait("because they")
      try tmux.resize(40, 24)
      try tmux.expect("resized-to-40x24")
      try tmux.resize(80, 24)
      try tmux.type(" would laugh")
      try tmux.expect("resized-back-80x24")
    }

    @Test func aPasteOfSeveralLines() throws {
      let tmux = try start(60, 16, ["--no-hints"])
      try tmux.waitForPrompt()
      try tmux.paste("I carry everything\nand nobody knows\n")
      try tmux.expect("pasted-60x16")
    }

    @Test func aBackslashGoesOnInTheNextLine() throws {
      let tmux = try start(60, 16, ["--no-hints"])
      try tmux.say("I carry everything \\")
      try tmux.say("and nobody knows")
      try tmux.expect("backslash-60x16")
    }

    @Test func completion() throws {
      let tmux = try start(60, 16, ["--no-hints"])
      try tmux.waitForPrompt()
      try tmux.type("/s")
      try tmux.keys(["Tab", "Tab"])
      try tmux.wait("/summary")
      try tmux.keys(["BSpace", "l", "i", "Tab"])
      try tmux.type("Uni")
      try tmux.keys(["Tab"])
      try tmux.expect("completed-60x16")
    }

    @Test func help() throws {
      let tmux = try start(60, 30, ["--no-hints"])
      try tmux.say("/help")
      try tmux.say("/hepl")
      try tmux.expect("help-60x30")
    }

    @Test func anInterrupt() throws {
      let tmux = try start(60, 16, ["--no-hints"])
      try tmux.waitForPrompt()
      try tmux.type("half a thou")
      try tmux.wait("half a thou")
      try tmux.keys(["C-c"])
      try tmux.expect("interrupted-60x16")
    }

    @Test func suspendAndResume() throws {
      let tmux = try Tmux(
        columns: 60, rows: 16, command: ["bash", "--norc", "--noprofile", "-i"], environment: ["PS1": "$ "])
      try tmux.waitForPrompt()
      let program = [Program.path, "--seed", "1", "--no-hints", "--intents", Tmux.bot].joined(separator: " ")
      try tmux.say("clear; \(program)")
      try tmux.wait("What brings you?")
      try tmux.type("still h")
      try tmux.wait("still h")
      try tmux.keys(["C-z"])
      try tmux.wait("Stopped")
      try tmux.say("clear; stty -a | grep -o -- '-*icanon'; fg >/dev/null")
      try tmux.wait("icanon\n> still h")
      try tmux.type("ere")
      try tmux.expect("resumed-60x16")
    }

    @Test func crisisLines() throws {
      let tmux = try start(60, 30, ["--no-hints"])
      try tmux.say("/lines")
      try tmux.say("/lines irland")
      try tmux.expect("lines-60x30")
    }

    @Test func aPlanOnTheScreen() throws {
      let tmux = try start(60, 30, ["--no-hints"])
      try tmux.say("/plan safer at my sister's")
      try tmux.say("/plan helps walking to the river and back with the dog, however late it is")
      try tmux.expect("plan-60x30")
    }

    @Test func clearingLeavesNothing() throws {
      let tmux = try start(60, 10, ["--no-hints"])
      for _ in 1...4 { try tmux.say("my secret") }
      try tmux.wait("my secret")
      try tmux.say("/clear")
      try tmux.expect("cleared-60x10")
      #expect(try !tmux.everything().contains("secret"))
      try tmux.keys(["Up"])
      try tmux.expect("cleared-60x10")
    }

    @Test func leaving() throws {
      let tmux = try start(60, 16, ["--no-hints"])
      try tmux.say("bye")
      try tmux.expect("left-60x16")
    }

    @Test func plain() throws {
      let tmux = try start(60, 24, ["--plain"])
      try tmux.say("I never ask for help")
      try tmux.expect("plain-60x24")
    }
  }
}
