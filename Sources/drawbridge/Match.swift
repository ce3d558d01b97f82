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
      0 to 1; intent is null where nothing was heard. An answer is written before the next line is waited for. \
      A line that is not UTF-8, or of which only the beginning is heard, is named on standard error.
      """)

  @OptionGroup var bot: BotOptions

  func run() throws {
    let matcher = try bot.loadToTalk().matcher
    var workspace = matcher.makeWorkspace()
    var input = LineReader()
    var output = Output()
    var doubts = LineDoubts()
    defer { doubts.finish() }
    do {
      while let (line, cut) = try input.next() {
        let text = String(validating: line, as: UTF8.self)
        let hearing = matcher.hearRivals(in: text ?? String(decoding: line, as: UTF8.self), workspace: &workspace)
        doubts.note(isUTF8: text != nil || cut, isWhole: !hearing.utterance.truncated)
        try output.write(Match.object(hearing, matcher) + "\n")
        if !input.hasLine { try output.flush() }
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

/// Lines that were answered and are not quite what they should be; the first of them are named.
private struct LineDoubts {
  private static let most = 20

  private var number = 0
  private var count = 0

  /// Looks at the next line.
  mutating func note(isUTF8: Bool, isWhole: Bool) {
    number += 1
    if !isUTF8 { warn("this is not valid UTF-8, U+FFFD stands in its place; write the file as UTF-8") }
    if !isWhole { warn("only the beginning of this line is heard; divide it") }
  }

  private mutating func warn(_ what: String) {
    count += 1
    if count <= LineDoubts.most { StandardError.write("standard input:\(number):1: warning: \(what)") }
  }

  func finish() {
    if count > LineDoubts.most { StandardError.write("and \(count - LineDoubts.most) more warnings") }
  }
}
