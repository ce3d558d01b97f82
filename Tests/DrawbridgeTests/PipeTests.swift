import Foundation
import Testing

extension ProgramTests {
  @Suite(.serialized, .timeLimit(.minutes(3))) struct PipeTests {
    private struct Turn: Decodable {
      struct Part: Decodable {
        var kind: String
        var text: String
        var ideas: [String]
      }
      var turn: Int
      var you: String
      var reply: String
      var intent: String?
      var state: String
      var risk: String
      var parts: [Part]
    }

    @Test func answersLinesWithoutAPrompt() throws {
      let outcome = try Program.run(["--seed", "1"], lines: ["I never ask for help"])
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      #expect(outcome.output.split(separator: "\n").count == 2)
      #expect(!outcome.output.contains("> "))
      #expect(!outcome.output.contains("\u{1b}"))
    }

    @Test func theLastLineNeedsNoEnd() throws {
      let outcome = try Program.run(["--seed", "1"], input: Data("hello".utf8))
      #expect(outcome.output.split(separator: "\n").count == 2)
    }

    @Test func givesObjectsToPrograms() throws {
      let outcome = try Program.run(
        ["chat", "--jsonl", "--seed", "1"], lines: ["I never ask for help", "yes \"quoted\" \u{1b}[31m"])
      let turns = try outcome.output.split(separator: "\n").map {
        try JSONDecoder().decode(Turn.self, from: Data($0.utf8))
      }
      #expect(turns.map(\.turn) == [0, 1, 2])
      #expect(turns[1].intent == "cant-ask-for-help")
      #expect(turns[1].reply == turns[1].parts.map(\.text).joined(separator: " "))
      #expect(turns[2].you == "yes \"quoted\" \u{1b}[31m")
      #expect(!outcome.output.contains("\u{1b}"))
    }

    @Test func matchesALineAtATimeInOrder() throws {
      let outcome = try Program.run(["match"], lines: ["hello", "", "I am so tired of carrying everything"])
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0].hasPrefix("{\"text\": \"hello\", \"intent\": \"greet\""))
      #expect(lines[1].contains("\"intent\": null"))
      #expect(lines[2].contains("\"intent\": \"exhausted\""))
    }

    @Test func aLineThatIsNotUTF8IsNamedAndAnsweredAllTheSame() throws {
      let outcome = try Program.run(["match"], input: Data("hello\n".utf8) + [0xff, 0x0a] + Data("bye\n".utf8))
      #expect(outcome.status == 0)
      #expect(outcome.output.split(separator: "\n").count == 3)
      #expect(outcome.errors.hasPrefix("standard input:2:1: warning: this is not valid UTF-8"))
    }

    /// Whoever waits for an answer before they write the next line gets it.
    @Test func matchAnswersBeforeItWaits() throws {
      let script = "coproc \"$1\" match; echo hello >&${COPROC[1]}; read -t 10 -r line <&${COPROC[0]}; echo \"$line\""
      #expect(try Program.bash(script).output.hasPrefix("{\"text\": \"hello\""))
    }

    @Test func nothingATerminalObeysComesOut() throws {
      let nasty = Data([
        0x1b, 0x5d, 0x30, 0x3b, 0x78, 0x07, 0x00, 0xff, 0xfe, 0x9b, 0x0d, 0x0a, 0x1b, 0x5b, 0x32, 0x4a, 0x0a,
      ])
      let outcome = try Program.run(["--seed", "1"], input: nasty)
      #expect(outcome.status == 0)
      #expect(
        outcome.output.unicodeScalars.allSatisfy {
          $0.value == 10 || $0.value >= 32 && !(0x7f...0x9f).contains($0.value)
        }
      )
    }

    @Test func aLineOfAHundredMegabytesGetsAKindAnswer() throws {
      let outcome = try Program.run(
        ["--seed", "1"], input: Data(repeating: UInt8(ascii: "a"), count: 100 << 20) + Data("\n".utf8))
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("more than I can read"))
    }

    @Test(arguments: [["--nonsense"], ["flytomoon"], ["chat", "--seed", "x"]])
    func wrongUseSaysSoWithStatus2(_ arguments: [String]) throws {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("Error"))
      #expect(outcome.output == "")
    }

    @Test func aMissingFolderOfIntentsIsAFaultOfTheFiles() throws {
      let outcome = try Program.run(["chat", "--intents", "/nonexistent/\u{1b}x"])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("no such folder"))
      #expect(!outcome.errors.contains("\u{1b}"))
    }

    @Test func aBrokenFileIsNamedWithItsPlace() throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try "a:\n  about: x\n  heers: {}\n".write(
        to: folder.appendingPathComponent("a.yaml"), atomically: true, encoding: .utf8)
      let outcome = try Program.run(["chat", "--intents", folder.path])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("a.yaml:3:3: error: unknown key"))
      #expect(try Program.run(["chat"], environment: ["DRAWBRIDGE_INTENTS": folder.path]).status == 1)
    }

    @Test func aSavedConversationReplaysAndIsPrivate() throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let lines = ["I never ask for help", "my boss would think I'm weak", "idk", "/save talk.txt", "/save talk.txt"]
      let input = Data(lines.map { $0 + "\n" }.joined().utf8)
      let talk = try Program.run(["--seed", "5"], input: input, folder: folder)
      #expect(talk.output.contains("readable by you only"))
      #expect(talk.output.contains("exists already"))
      let path = folder.appendingPathComponent("talk.txt").path
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let replay = try Program.run(["replay", path])
      #expect(replay.status == 0, "\(replay.output)")
    }
  }
}
