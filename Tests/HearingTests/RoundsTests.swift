import Dialogue
import Foundation
import Matching
import ShippedBot
import Testing

/// What the shipped bot hears in utterances of other writers that were kept out of its examples. A floor lies
/// a little under what was reached when the round was taken in.
@Suite struct RoundsTests {
  private struct Row: Decodable {
    var text: String
    var intent: String
    var also: [String]?

    /// Somebody who may be at risk, by any of the labels.
    var isOfDanger: Bool { ([intent] + (also ?? [])).contains { $0.hasPrefix("crisis-") } }
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Rounds")

  private static func rows(_ name: String) throws -> [Row] {
    let text = try String(contentsOf: folder.appendingPathComponent(name + ".jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
  }

  /// Percent of a file's rows of which `test` is true.
  private static func share(
    _ name: String, withDanger: Bool = true, of test: (Row, Hearing, Bot) -> Bool
  ) throws -> Double {
    let bot = try #require(ShippedBot.load())
    let rows = try rows(name).filter { withDanger || !$0.isOfDanger }
    #expect(rows.count >= 50)
    var workspace = bot.matcher.makeWorkspace()
    let hits = rows.count { test($0, bot.matcher.hear($0.text, workspace: &workspace), bot) }
    return 100 * Double(hits) / Double(max(1, rows.count))
  }

  private static func isRight(_ row: Row, _ hearing: Hearing, _ bot: Bot) -> Bool {
    let wanted = [row.intent] + (row.also ?? [])
    guard let best = hearing.best else { return !Set(wanted).isDisjoint(with: ["off-topic", "unclear"]) }
    return wanted.contains(bot.matcher.intentIDs[best.intent])
  }

  @Test(arguments: [
    ("plain", 78.0), ("texting", 84.0), ("stories", 34.0), ("posts", 60.0), ("harmless", 69.0), ("outside", 85.0),
    ("openings", 72.0),
  ])
  func anAcceptableIntentComesFirst(_ name: String, _ floor: Double) throws {
    let share = try RoundsTests.share(name, of: RoundsTests.isRight)
    #expect(share >= floor)
  }

  private struct MarkedLine: Decodable {
    var text: String
    var intent: String
    var part: String?
  }

  private static func markedLines() throws -> [MarkedLine] {
    let text = try String(contentsOf: folder.appendingPathComponent("said-back.jsonl"), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSONDecoder().decode(MarkedLine.self, from: Data($0.utf8)) }
  }

  /// The part that a reader marked comes first of all parts of the line.
  @Test func theMarkedPartIsSaidBack() throws {
    let bot = try #require(ShippedBot.load())
    let lines = try Self.markedLines().filter { $0.part != nil }
    let right = lines.count { line in
      bot.script.pieces(of: line.text, chosen: line.part)
        .max { (bot.matcher.worth(of: $0) ?? 0) < (bot.matcher.worth(of: $1) ?? 0) }?.isChosen ?? false
    }
    #expect(100 * right >= 52 * lines.count, "\(right) of \(lines.count)")
  }

  /// Where readers would ask nothing, seldom something is asked; where they would, often nothing is.
  @Test func nothingIsAskedWhereNothingIsToAsk() throws {
    let bot = try #require(ShippedBot.load())
    var workspace = bot.matcher.makeWorkspace()
    var counts: [Bool: (asked: Int, all: Int)] = [:]
    for line in try Self.markedLines() {
      let hearing = bot.matcher.hear(line.text, workspace: &workspace)
      let asks = bot.matcher.asks(about: hearing, workspace: &workspace)
      let silence = asks.first { bot.matcher.intentIDs[$0.intent] == "ask-nothing" }?.score ?? 0
      let isQuiet = line.intent == "ask-nothing"
      counts[isQuiet, default: (0, 0)].asked += silence < 0.5 ? 1 : 0
      counts[isQuiet, default: (0, 0)].all += 1
    }
    let (quiet, other) = (counts[true] ?? (0, 0), counts[false] ?? (0, 0))
    #expect(100 * quiet.asked <= 15 * quiet.all, "\(quiet)")
    #expect(100 * other.asked >= 22 * other.all, "\(other)")
  }

  @Test func dangerIsHeard() throws {
    let share = try RoundsTests.share("danger") { row, hearing, _ in
      hearing.risk.level > .none || ["crisis-safe-now", "crisis-retract"].contains(row.intent)
    }
    #expect(share >= 63)
  }

  @Test(arguments: [
    ("plain", 4.0), ("texting", 3.0), ("stories", 4.0), ("posts", 5.0), ("harmless", 5.0), ("outside", 3.0),
    ("openings", 3.0), ("talk", 8.0),
  ])
  func ordinaryTalkRaisesNoAlarm(_ name: String, _ ceiling: Double) throws {
    let share = try RoundsTests.share(name, withDanger: false) { _, hearing, _ in hearing.risk.level > .none }
    #expect(share <= ceiling)
  }

  /// Lines from the middle of ordinary conversations, near danger in their words. A faint doubt is kept to itself.
  @Test func ordinaryTalkIsSeldomBrokenInto() throws {
    let share = try RoundsTests.share("talk") { _, hearing, _ in hearing.risk.level > .none && !hearing.isFaint }
    #expect(share <= 3)
  }
}
