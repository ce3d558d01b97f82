import Dialogue
import Foundation
import IntentFiles
import Matching
import ShippedBot
import Testing
import Transcripts

@Suite struct ShippedBotTests {
  private static let folder = Program.root.appendingPathComponent("Intents").path

  @Test func theBuiltInIntentsAreThoseOfTheFolder() throws {
    let loaded = BotLoader.load(try IntentFolder.read(Self.folder))
    let source = try #require(loaded.source, "\(loaded.diagnostics)")
    let built = UnsafeBufferPointer(start: ShippedBot.compiled.utf8Start, count: ShippedBot.compiled.utf8CodeUnitCount)
    // Compared outside of the expectation, which would describe twelve million bytes one by one.
    let same = built.elementsEqual(Bot.compile(source))
    #expect(same)
  }

  @Test func everyIntentIsThere() throws {
    let bot = try #require(ShippedBot.load())
    let chosen = bot.intents.indices.filter { !bot.matcher.isContextual($0) }
    #expect(chosen.count == 106)
    #expect(Set(bot.intents.map(\.group)).count == 11)
    for intent in chosen.map({ bot.intents[$0] }) where intent.group != "safety" {
      #expect(intent.sections.flatMap(\.parts).count >= 3, "\(intent.id)")
      #expect(!intent.about.isEmpty, "\(intent.id)")
      #expect(intent.group == "talk" || !intent.named.isEmpty, "\(intent.id)")
    }
  }

  private static func transcripts() throws -> [(file: String, transcript: Transcript)] {
    let folder = Program.root.appendingPathComponent("Transcripts")
    let files = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".txt") }
    return try files.sorted().map { file in
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      return (file, try TranscriptParser.parse(text))
    }
  }

  @Test func everyTranscriptReplays() throws {
    let bot = try #require(ShippedBot.load())
    let transcripts = try Self.transcripts()
    #expect(transcripts.count >= 10)
    for (file, transcript) in transcripts {
      let replay = Replay.run(transcript, with: bot)
      #expect(replay.differences == [], "\(file)")
    }
  }

  /// Danger that is said outright is answered wherever a conversation has got to: after every turn of every
  /// transcript, the same conversation goes on with each of these lines instead.
  @Test(arguments: ["i want to kill myself", "i took all my pills", "my husband hits me and i am scared of him"])
  func dangerIsAnsweredFromEveryTurn(_ line: String) throws {
    let bot = try #require(ShippedBot.load())
    var workspace: Matcher.Workspace?
    var passedOver: [String] = []
    for (file, transcript) in try Self.transcripts() {
      var conversation = Conversation(bot: bot, seed: transcript.header.seed, country: transcript.header.country)
      _ = conversation.open()
      for you in transcript.turns.compactMap(\.you) {
        let before = conversation.hear(you, workspace: &workspace)
        var other = conversation
        let turn = other.hear(line, workspace: &workspace)
        if !bot.machine.line(of: turn.state).contains(where: { $0.id == "safety" }) {
          passedOver.append("\(file), after '\(before.you)': \(turn.state)")
        }
      }
    }
    #expect(passedOver.isEmpty, "\(passedOver.count): \(passedOver.prefix(5))")
  }
}
