import ArgumentParser
import Dialogue
import Matching

struct Match: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Say which intent each line of standard input is.",
    discussion: """
      One utterance a line in, one JSON object a line out, in the same order:
      {"text", "intent", "score", "risk", "others": [{"intent", "score"}]}. Scores are probabilities from
      0 to 1; intent is null where nothing was heard.
      """)

  @OptionGroup var bot: BotOptions

  func run() throws {
    let matcher = try bot.load().matcher
    var workspace = matcher.makeWorkspace()
    var input = LineReader()
    var output = Output()
    do {
      while let (line, _) = input.next() {
        let text = String(decoding: line, as: UTF8.self)
        try output.write(Match.object(matcher.hear(text, workspace: &workspace), matcher) + "\n")
      }
      try output.flush()
    } catch is ClosedPipe {
      return
    }
  }

  static func object(_ hearing: Hearing, _ matcher: Matcher) -> String {
    let best = hearing.best
    let others = hearing.candidates.dropFirst(best == nil ? 0 : 1).prefix(4)
    return "{\"text\": " + JSONText.string(hearing.utterance.text)
      + ", \"intent\": " + JSONText.string(best.map { matcher.intentIDs[$0.intent] })
      + ", \"score\": " + JSONText.number(best?.score ?? 0)
      + ", \"risk\": " + JSONText.string(hearing.risk.level.rawValue)
      + ", \"others\": ["
      + others.map {
        "{\"intent\": " + JSONText.string(matcher.intentIDs[$0.intent]) + ", \"score\": " + JSONText.number($0.score)
          + "}"
      }
      .joined(separator: ", ")
      + "]}"
  }
}
