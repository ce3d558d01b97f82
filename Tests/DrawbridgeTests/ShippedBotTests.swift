import Dialogue
import Foundation
import IntentFiles
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
    #expect(Set(bot.intents.map(\.group)).count == 9)
    for intent in chosen.map({ bot.intents[$0] }) where intent.group != "safety" {
      #expect(intent.sections.flatMap(\.parts).count >= 3, "\(intent.id)")
      #expect(!intent.about.isEmpty, "\(intent.id)")
      #expect(intent.group == "talk" || !intent.named.isEmpty, "\(intent.id)")
    }
  }

  @Test func everyTranscriptReplays() throws {
    let bot = try #require(ShippedBot.load())
    let folder = Program.root.appendingPathComponent("Transcripts")
    let files = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".txt") }
    #expect(files.count >= 10)
    for file in files.sorted() {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let replay = Replay.run(try TranscriptParser.parse(text), with: bot)
      #expect(replay.differences == [], "\(file)")
    }
  }
}
