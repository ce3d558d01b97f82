import ArgumentParser
import Dialogue
import Matching
import Terminal

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show why a line is heard and answered as it is.",
    discussion: "Points are logits: one point more makes an intent 2.7 times as likely.")

  @OptionGroup var botOptions: BotOptions

  @Argument(help: "What someone might say.")
  var utterance: String

  @Option(help: ArgumentHelp("The seed of the reply.", valueName: "n"))
  var seed: UInt64 = 1

  func run() throws {
    let bot = try botOptions.load()
    var output = Output()
    do {
      try output.write(Text.printable(Explain.text(utterance, bot, seed: seed)))
      try output.flush()
    } catch is ClosedPipe {
      return
    }
  }

  static func text(_ utterance: String, _ bot: Bot, seed: UInt64) -> String {
    let hearing = bot.matcher.hear(utterance)
    let explanation = bot.matcher.explain(hearing)
    var text = "words    " + explanation.words.joined(separator: " ") + "\n"
    if !explanation.changes.isEmpty { text += "read as  " + explanation.changes.joined(separator: ", ") + "\n" }
    text += "risk     \(hearing.risk.level.rawValue)" + (hearing.risk.kind.map { " (\($0.rawValue))" } ?? "")
    text += "; \(signed(hearing.nearness)) near to danger\n\n"
    for sign in explanation.risk { text += "         \(sign)\n" }
    if !explanation.risk.isEmpty { text += "\n" }
    let best = hearing.candidates.first
    for candidate in hearing.candidates.prefix(5) {
      let id = bot.matcher.intentIDs[candidate.intent]
      text += "\(JSONText.number(candidate.score))  \(id)\n"
      text +=
        "       likeness \(signed(candidate.likeness)), patterns \(signed(candidate.patterns)), keywords \(signed(candidate.keywords))"
      if let best, best != candidate { text += "; \(signed(candidate.points - best.points)) to the best" }
      text += "\n"
      for evidence in explanation.evidence[candidate.intent] ?? [] {
        text += "       \(signed(evidence.points)) \(evidence.what)\n"
      }
    }
    for intent in hearing.contextual { text += "in context  \(bot.matcher.intentIDs[intent]), by a pattern\n" }
    for move in hearing.moves.prefix(3) {
      text += "in context  \(bot.matcher.intentIDs[move.intent]), by likeness \(JSONText.number(move.score))"
      text += (move.score < Matcher.moveFloor ? ", which is not enough" : "") + "\n"
    }
    var workspace = bot.matcher.makeWorkspace()
    for ask in bot.matcher.asks(about: hearing, workspace: &workspace).prefix(3) {
      text += "to ask   \(bot.matcher.intentIDs[ask.intent]), by likeness \(JSONText.number(ask.score))\n"
    }
    for part in bot.partsToSayBack(of: utterance).prefix(3) {
      text += "to say back  " + (part.worth.map { JSONText.number($0) + "  " } ?? "") + part.text + "\n"
    }
    if hearing.best == nil { text += "nothing reaches \(JSONText.number(Matcher.floor)), so nothing is heard\n" }
    var conversation = Conversation(bot: bot, seed: seed)
    _ = conversation.open()
    let turn = conversation.hear(utterance)
    text += "\nstate    \(turn.state)\n"
    for part in turn.parts {
      text += "\(part.kind.rawValue)  (\(part.place))\n  \(part.text)\n"
      for idea in part.ideas {
        let words = bot.sources.flatMap(\.ideas).first { $0.id == idea }?.text ?? ""
        text += "    \(idea): \(words)\n"
      }
    }
    return text
  }

  private static func signed(_ points: Float) -> String {
    let hundredths = Int((abs(points) * 100).rounded())
    let digits = "\(hundredths % 100)"
    return (points < 0 ? "-" : "+") + "\(hundredths / 100)." + (digits.count == 1 ? "0" : "") + digits
  }
}
