import Foundation
import Testing

extension ProgramTests {
  @Suite(.serialized, .timeLimit(.minutes(3))) struct ReplayProgramTests {
    /// A folder of its own for each test, with transcripts of a conversation in it.
    private final class Folder {
      let url = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")

      /// - Parameter count: `a0.txt`, `a1.txt` and so on, which replay.
      init(_ count: Int = 1) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let lines = ["I never ask for help", "i am so tired of carrying everything", "idk"]
        for i in 0..<count {
          _ = try Program.run(
            ["chat", "--seed", "\(i)", "--record", "a\(i).txt"],
            input: Data(lines.map { $0 + "\n" }.joined().utf8), folder: url)
        }
      }

      deinit { try? FileManager.default.removeItem(at: url) }

      func read(_ name: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
      }

      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
      }

      func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Program.Outcome
      {
        try Program.run(arguments, input: Data(input.utf8), environment: environment, folder: url)
      }

      func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.appendingPathComponent(name).path)[.posixPermissions]
          as? Int
      }
    }

    private static let wrong = "bot> Something that is never said here.\n"

    /// The transcript with its first answer spoilt.
    private func spoilt(_ text: String) -> String {
      var lines = text.components(separatedBy: "\n")
      if let i = lines.firstIndex(where: { $0.hasPrefix("you> ") }) {
        lines[i + 1] = Self.wrong.replacing("\n", with: "")
      }
      return lines.joined(separator: "\n")
    }

    @Test func whatDiffersIsShownWithTheWordsAndTheCause() throws {
      let folder = try Folder(2)
      let text = try folder.read("a1.txt")
      try folder.write("a1.txt", spoilt(text))
      let outcome = try folder.run(["replay", "."])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("[-Something that is never said here.-]"))
      #expect(outcome.output.contains("1 transcript: wording of the state `listening` changed (./a1.txt)"))
      #expect(outcome.output.hasSuffix("1 passed, 1 differ, 0 broken, 8 turns\n"))
      #expect(!outcome.output.contains("\u{1b}"))
    }

    @Test func anUpdateGivesTheFileBackAsItWas() throws {
      let folder = try Folder()
      let text = try folder.read("a0.txt")
      try folder.write("a0.txt", spoilt(text))
      let outcome = try folder.run(["replay", "a0.txt", "--update"])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("1 updated"))
      #expect(try folder.read("a0.txt") == text)
      #expect(try folder.mode("a0.txt") == 0o600)
    }

    @Test func anInteractiveUpdateAsksTurnByTurn() throws {
      let folder = try Folder(2)
      let texts = try ["a0.txt", "a1.txt"].map { try folder.read($0) }
      for (i, text) in texts.enumerated() { try folder.write("a\(i).txt", spoilt(text)) }
      let outcome = try folder.run(["replay", ".", "--update", "--interactive"], input: "what\nn\ny\n")
      #expect(outcome.status == 1)
      #expect(try folder.read("a0.txt") == spoilt(texts[0]))
      #expect(try folder.read("a1.txt") == texts[1])
      let quit = try folder.run(["replay", ".", "--update", "--interactive"], input: "q\n")
      #expect(quit.status == 1)
      #expect(try folder.read("a0.txt") == spoilt(texts[0]))
    }

    @Test func anUpdateOfEverythingAsksFirst() throws {
      let folder = try Folder(2)
      let transcripts = folder.url.appendingPathComponent("Transcripts")
      try FileManager.default.createDirectory(at: transcripts, withIntermediateDirectories: true)
      let texts = try ["a0.txt", "a1.txt"].map { try folder.read($0) }
      func spoil() throws {
        for (i, text) in texts.enumerated() { try folder.write("Transcripts/a\(i).txt", spoilt(text)) }
      }
      func isUpdated() throws -> Bool {
        try texts.indices.allSatisfy { try folder.read("Transcripts/a\($0).txt") == texts[$0] }
      }
      try spoil()
      let refused = try folder.run(["replay", "--update"], input: "y\n")
      #expect(refused.status == 2 && refused.output == "")
      #expect(refused.errors.contains("name files or folders, or add --yes"))
      #expect(try folder.read("Transcripts/a0.txt") == spoilt(texts[0]))
      #expect(try folder.run(["replay", "--update", "--yes"]).status == 0)
      #expect(try isUpdated())
      try spoil()
      #expect(try folder.run(["replay", "--update", "Transcripts"]).status == 0)
      #expect(try isUpdated())
      try spoil()
      for (answer, status) in [("n\n", Int32(1)), ("what\ny\n", 0)] {
        let terminal = try TerminalProgram(["replay", "--update"], folder: folder.url)
        try terminal.expect("0 passed, 2 differ")
        try terminal.expect("Write what is said now into these 2 files? y yes, n no: ")
        terminal.send(answer)
        if status == 0 { try terminal.expect("2 updated") }
        #expect(terminal.finish() == status)
        #expect(try isUpdated() == (status == 0))
      }
    }

    @Test func reportsNameEveryTranscript() throws {
      let folder = try Folder(3)
      try folder.write("a1.txt", spoilt(try folder.read("a1.txt")))
      try folder.write("b.txt", "drawbridge transcript 1\n\nwhat <is> this\n")
      let outcome = try folder.run(["replay", ".", "--report", "out.xml", "--report", "out.tap", "--json"])
      #expect(outcome.status == 1)
      let xml = try folder.read("out.xml")
      #expect(xml.components(separatedBy: "<testcase ").count == 5)
      #expect(xml.components(separatedBy: "<failure ").count == 2)
      #expect(xml.components(separatedBy: "<error ").count == 2)
      #expect(XMLCheck.isWellFormed(xml))
      let tap = try folder.read("out.tap")
      #expect(tap.hasPrefix("TAP version 14\nok 1 - ./a0.txt\nnot ok 2 - ./a1.txt\n  ---\n"))
      #expect(tap.hasSuffix("1..4\n"))
      let objects = try outcome.output.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(objects.dropLast().map { $0["result"] as? String } == ["passed", "differs", "passed", "broken"])
      #expect(objects.last?["differ"] as? Int == 1)
    }

    @Test func shardsTogetherAreTheWhole() throws {
      let folder = try Folder(5)
      let whole = try folder.run(["replay", ".", "--json"]).output.split(separator: "\n").dropLast()
      var shards: [Substring] = []
      for k in 1...3 {
        let outcome = try folder.run(["replay", ".", "--json", "--shard", "\(k)/3"])
        #expect(outcome.status == 0)
        shards += outcome.output.split(separator: "\n").dropLast()
      }
      #expect(shards.count == 5)
      #expect(shards.sorted() == whole.sorted())
    }

    @Test func theOutputIsTheSameOnAnyNumberOfCoresAndInAnyPlace() throws {
      let folder = try Folder(20)
      let one = try folder.run(
        ["replay", ".", "--seed", "77", "--jobs", "1"], environment: ["LC_ALL": "C", "TZ": "UTC"])
      #expect(one.status == 1)
      for jobs in ["2", "7"] {
        let other = try folder.run(
          ["replay", ".", "--seed", "77", "--jobs", jobs], environment: ["LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"])
        let same = other.output == one.output
        #expect(same)
      }
    }

    @Test func onlyLooksAtTurnsOfAnIntent() throws {
      let folder = try Folder()
      try folder.write("a0.txt", spoilt(try folder.read("a0.txt")))
      #expect(try folder.run(["replay", ".", "--only", "intent:exhausted"]).status == 0)
      #expect(try folder.run(["replay", ".", "--only", "intent:cant-ask-for-help"]).status == 1)
      #expect(try folder.run(["replay", ".", "--only", "intent:goodbye"]).output.contains("1 left out"))
    }

    @Test func oneBadFileStopsNobodyElse() throws {
      let folder = try Folder()
      try folder.write("b.txt", "drawbridge transcript 1\n\nyou> a\u{1b}[31m\n")
      try folder.write("c.txt", "drawbridge transcript 1\nbot: Eliza\n\nyou> a\n")
      let outcome = try folder.run(["replay", "b.txt", "c.txt", "a0.txt"])
      #expect(outcome.status == 1)
      #expect(
        outcome.errors.contains(
          "b.txt:3:7: error: there is a control character, U+001B; remove it, or write it as \\u{1B}"))
      #expect(outcome.errors.contains("c.txt:2:6: error: this conversation was held with the bot 'Eliza'"))
      #expect(outcome.output.contains("1 passed, 0 differ, 2 broken"))
      #expect(try folder.run(["replay", "a0.txt", "nowhere.txt"]).status == 3)
      #expect(try folder.run(["replay", "b.txt", "a0.txt", "--fail-fast"]).output.contains("0 passed"))
    }

    @Test func aSparseGigabyteIsRefusedAtOnce() throws {
      let folder = try Folder()
      let path = folder.url.appendingPathComponent("big.txt").path
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.truncate(atOffset: 1 << 30)
      let outcome = try folder.run(["replay", "."])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("big.txt:1:1: error: the file has 1073741824 bytes"))
      #expect(outcome.output.contains("1 passed"))
    }

    @Test func twoVersionsOfTheIntentsAreSetSideBySide() throws {
      let folder = try Folder()
      let intents = Program.root.appendingPathComponent("Intents").path
      #expect(try folder.run(["replay", ".", "--against", intents]).status == 0)
      let copy = folder.url.appendingPathComponent("Other")
      try FileManager.default.copyItem(atPath: intents, toPath: copy.path)
      let dialogue = copy.appendingPathComponent("dialogue.yaml")
      let text = try String(contentsOf: dialogue, encoding: .utf8)
      try Data(text.replacing("Hello. I am Drawbridge", with: "Good day. I am Drawbridge").utf8).write(to: dialogue)
      let outcome = try folder.run(["replay", "a0.txt", "--against", "Other"])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("turn 0\n"))
      #expect(outcome.output.contains(" | Good day. I am Drawbridge"))
      #expect(outcome.output.contains("1 transcript: the opening changed (a0.txt)"))
    }

    @Test func whatIsReachedIsToldAndHasAFloor() throws {
      let folder = try Folder(2)
      let told = try folder.run(["replay", ".", "--coverage"])
      #expect(told.status == 0)
      #expect(told.output.contains(/reached: intents \d+ of \d+ \(\d+ %\), states \d+ of/))
      let below = try folder.run(["replay", ".", "--least-coverage", "90", "--json"])
      #expect(below.status == 1)
      #expect(!below.output.contains("reached"))
      #expect(below.errors.contains("fewer than 90 % of the transitions"))
      #expect(try folder.run(["replay", ".", "--least-coverage", "0"]).status == 0)
      #expect(try folder.run(["replay", ".", "--least-coverage", "101"]).status == 2)
    }

    @Test func aTerminalShowsColourAndHowFarItIsAfterASecond() throws {
      let folder = try Folder(2)
      try folder.write("a0.txt", spoilt(try folder.read("a0.txt")))
      let slow = folder.url.appendingPathComponent("slow").path
      #expect(mkfifo(slow, 0o600) == 0)
      let text = try folder.read("a1.txt")
      let terminal = try TerminalProgram(["replay", slow, folder.url.appendingPathComponent("a0.txt").path])
      Thread.sleep(forTimeInterval: 1.2)
      try Data(text.utf8).write(to: URL(fileURLWithPath: slow))
      try terminal.expect("1 transcripts, 4 turns, 0 differ")
      try terminal.expect("\u{1b}[31mSomething that is never said here.\u{1b}[0m")
      try terminal.expect("1 passed, 1 differ, 0 broken, 8 turns")
      #expect(terminal.finish() == 1)
    }

    // MARK: Recording

    @Test func aKilledConversationHoldsAllAnsweredTurns() throws {
      let folder = try Folder(0)
      for i in 0..<20 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Program.path)
        process.arguments = ["chat", "--jsonl", "--record", "k\(i).txt"]
        process.currentDirectoryURL = folder.url
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(String(repeating: "i am tired\n", count: 500).utf8))
        usleep(UInt32.random(in: 1000...60_000))
        kill(process.processIdentifier, SIGKILL)
        let answered = output.fileHandleForReading.readDataToEndOfFile().count { $0 == 10 }
        process.waitUntilExit()
        guard answered > 0 else { continue }
        let written = try folder.read("k\(i).txt").components(separatedBy: "\n\n").count { $0.contains("bot> ") }
        #expect(written >= answered)
      }
      let outcome = try folder.run(["replay", "."])
      #expect(outcome.status == 0 || outcome.errors.contains("there is no transcript"))
    }

    @Test func aFullDiskLeavesTheCompleteTurns() throws {
      let folder = try Folder(0)
      let lines = String(repeating: "i am so tired of carrying everything\n", count: 100)
      try folder.write("lines.in", lines)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      // Files may not grow beyond a few kilobytes.
      process.arguments = ["-c", "ulimit -f 8; exec \"$0\" --seed 1 --record full.txt < lines.in", Program.path]
      process.currentDirectoryURL = folder.url
      let (output, errors) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let said = output.fileHandleForReading.readDataToEndOfFile()
      let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 3)
      #expect(complaint.contains("the conversation is not recorded any more"))
      #expect(String(decoding: said, as: UTF8.self).components(separatedBy: "\n\n").count == 101)
      let outcome = try folder.run(["replay", "full.txt"])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.errors == "")
    }

    @Test func whatWasTakenBackIsNotInTheFile() throws {
      let folder = try Folder(0)
      let outcome = try folder.run(
        ["--seed", "1", "--record", "r.txt"],
        input: "I never ask for help\nmy secret\n/undo\nidk\n/forget\nanother secret\n")
      #expect(outcome.output.contains("What was saved stays in"))
      let text = try folder.read("r.txt")
      #expect(text.contains("you> idk\n"))
      #expect(!text.contains("secret"))
      #expect(try folder.run(["replay", "r.txt"]).status == 0)
      #expect(try folder.mode("r.txt") == 0o600)
    }

    @Test func aFileIsWrittenOverOnlyWhenToldTo() throws {
      let folder = try Folder()
      let text = try folder.read("a0.txt")
      let refused = try folder.run(["--record", "a0.txt"], input: "hello\n")
      #expect(refused.status == 3)
      #expect(refused.errors.contains("exists already"))
      #expect(refused.output == "")
      #expect(try folder.read("a0.txt") == text)
      #expect(try folder.run(["--record", "a0.txt", "--overwrite"], input: "hello\n").status == 0)
      #expect(try folder.read("a0.txt").contains("you> hello\n"))
    }

    @Test func whatIsLeftOutIsNotInTheAnswersEither() throws {
      let folder = try Folder(0)
      let lines = "my name is Zebulon\nZebulon is 42 and lives at 12 Rose Street\n"
      _ = try folder.run(["--seed", "1", "--record", "r.txt", "--redact"], input: lines + "/save --redact s.txt\nok\n")
      for name in ["r.txt", "s.txt"] {
        let text = try folder.read(name)
        #expect(text.contains("you> my name is [name]\n"))
        #expect(text.contains("you> [name] is [number] and lives at [address]\n"))
        #expect(!text.contains("Zebulon"))
        #expect(try folder.run(["replay", name]).status == 0)
      }
    }

    // MARK: Import

    @Test func conversationsOfATableBecomeTranscripts() throws {
      let folder = try Folder(0)
      try folder.write(
        "c.csv",
        "transcript_id,interlocutor,utterance_text\n7,therapist,Hello\n7,client,\"I never ask, ever\"\n8,client,idk\n")
      #expect(try folder.run(["import", "c.csv"]).status == 2)
      #expect(try folder.run(["import", "c.csv", "-o", "out"]).status == 0)
      #expect(try folder.read("out/conversation-7.txt").contains("you> I never ask, ever\nbot> "))
      let outcome = try folder.run(["replay", "out"])
      #expect(outcome.output.hasPrefix("2 passed"))
      try folder.write("lines.txt", "hello\n\nbye\n")
      let list = try folder.run(["import", "lines.txt", "--keep", "structure"])
      #expect(list.output.contains("  = intent: greet\n"))
      #expect(!list.output.contains("bot>"))
      #expect(try folder.run(["import", "nowhere.txt"]).status == 3)
    }
  }
}

/// Whether elements are closed in order and nothing stands open.
private enum XMLCheck {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for piece in text.split(separator: "<", omittingEmptySubsequences: true).dropFirst() {
      guard let end = piece.firstIndex(of: ">") else { return false }
      let tag = piece[..<end]
      let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
    }
    return open.isEmpty
  }
}
