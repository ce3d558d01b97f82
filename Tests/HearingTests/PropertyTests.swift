import Dialogue
import Foundation
import Matching
import ShippedBot
import Testing

/// What holds of the shipped bot whatever is said, tried with lines of other writers drawn by a seed.
@Suite struct PropertyTests {
  private struct Row: Decodable { var text: String }

  private static func lines() throws -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Rounds")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.flatMap { name in
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return try text.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)).text }
    }
  }

  /// A conversation of a seed: a few lines of writers, answers and noise among them.
  private static func talk(_ seed: UInt64, _ lines: [String]) -> [String] {
    var dice = SplitMix(seed: seed)
    let others = ["yes", "no", "idk", "", "go on", "my boss {x} and my sister {who}", "?!", "what do you mean", "😭"]
    return (0..<Int.random(in: 2...8, using: &dice)).compactMap { _ in
      Int.random(in: 0..<3, using: &dice) == 0 ? others.randomElement(using: &dice) : lines.randomElement(using: &dice)
    }
  }

  private static func turns(_ lines: [String], _ bot: Bot, seed: UInt64) -> [Turn] {
    var conversation = Conversation(bot: bot, seed: seed, country: "GB")
    _ = conversation.open()
    for line in lines { _ = conversation.hear(line) }
    return conversation.turns
  }

  // MARK: Hearing

  private static let writings: [(name: String, write: @Sendable (String) -> String)] = [
    ("capitals", { $0.uppercased() }), ("small letters", { $0.lowercased() }),
    ("letters and marks apart", { $0.decomposedStringWithCanonicalMapping }),
    ("letters with their marks", { $0.precomposedStringWithCanonicalMapping }),
    ("space around", { " \t\u{a0}\($0)  \u{3000}" }),
    ("wide spaces", { $0.replacing(" ", with: " \u{2003} ") }),
    ("curly apostrophes", { $0.replacing("'", with: "’") }),
    ("invisible joiners", { $0.replacing("e", with: "e\u{200d}") }),
  ]

  @Test(arguments: writings.indices) func howALineIsWrittenDoesNotMatter(_ index: Int) throws {
    let bot = try #require(ShippedBot.load())
    let (name, write) = Self.writings[index]
    for line in try Self.lines() {
      let (plain, other) = (bot.matcher.hear(line), bot.matcher.hear(write(line)))
      #expect(plain.candidates == other.candidates && plain.risk == other.risk, "\(name): \(line)")
    }
  }

  // MARK: Replies

  @Test func aReplyDependsOnBotSeedAndLinesOnly() throws {
    let bot = try #require(ShippedBot.load())
    let lines = try Self.lines()
    for seed in 0..<40 as Range<UInt64> {
      let said = Self.talk(seed, lines)
      let alone = Self.turns(said, bot, seed: seed)
      // In the midst of another conversation, with its workspace, after things were said, taken back, forgotten.
      var other = Conversation(bot: bot, seed: seed ^ 1, country: "IE")
      var talk = Conversation(bot: bot, seed: seed, country: "GB")
      _ = talk.open()
      for line in Self.talk(seed + 1000, lines) { _ = talk.hear(line) }
      talk.forget()
      _ = other.open()
      _ = talk.open()
      var workspace: Matcher.Workspace?
      for line in said {
        _ = other.hear("no, " + line, workspace: &workspace)
        _ = talk.hear(line, workspace: &workspace)
        _ = talk.hear("something that is taken back")
        let isUndone = talk.undo()
        #expect(isUndone)
      }
      #expect(talk.turns == alone, "seed \(seed): \(said)")
    }
  }

  @Test func aThousandConversationsAtOnceAreLikeOneAfterTheOther() throws {
    let bot = try #require(ShippedBot.load())
    let lines = try Self.lines()
    let count = 1000
    let said = (0..<count).map { Self.talk(UInt64($0), lines) }
    let found = SideBySide.map(count) { Self.turns(said[$0], bot, seed: UInt64($0)) }
    let differing = (0..<count).filter { Self.turns(said[$0], bot, seed: UInt64($0)) != found[$0] }
    #expect(differing == [])
  }

  @Test func everyReplyIsWhole() throws {
    let bot = try #require(ShippedBot.load())
    let lines = try Self.lines()
    for seed in 0..<200 as Range<UInt64> {
      for turn in Self.turns(Self.talk(seed, lines), bot, seed: seed) {
        #expect(!turn.reply.isEmpty, "nothing is said to \(turn.you)")
        #expect(!turn.reply.contains { "{}".contains($0) }, "a capture is not filled: \(turn.reply)")
        #expect(!turn.reply.contains("  ") && !turn.reply.hasSuffix(" "), "\(turn.reply)")
        #expect(turn.parts.count { $0.kind.isQuestion || $0.kind == .offer } <= 1, "\(turn.reply)")
      }
    }
  }
}
