import Dialogue
import Matching

/// Replaying a transcript: what differs from what it says.
public struct Replay: Sendable {
  /// Something that is not as the transcript has it.
  public struct Difference: Sendable, Equatable {
    /// The turn, from 0 for the opening.
    public var turn: Int
    public var line: Int
    /// What differs: `words`, or the name of the expectation.
    public var subject: String
    public var expected: String
    public var found: String
  }

  public var differences: [Difference] = []
  public var turns: [Turn] = []

  /// Holds the conversation of `transcript` with `bot`.
  public static func run(_ transcript: Transcript, with bot: Bot) -> Replay {
    var replay = Replay()
    var conversation = Conversation(bot: bot, seed: transcript.header.seed, country: transcript.header.country)
    let opening = conversation.open()
    var workspace: Matcher.Workspace?
    if transcript.turns.first?.you != nil { replay.turns.append(opening) }
    for exchange in transcript.turns {
      let turn = exchange.you.map { conversation.hear($0, workspace: &workspace) } ?? opening
      replay.turns.append(turn)
      replay.compare(exchange, turn, bot)
    }
    return replay
  }

  private mutating func compare(_ exchange: Transcript.Exchange, _ turn: Turn, _ bot: Bot) {
    func differ(_ subject: String, _ expected: String, _ found: String, line: Int) {
      differences.append(
        Difference(turn: turn.number, line: line, subject: subject, expected: expected, found: found))
    }
    if let words = exchange.bot, words != Replay.singleLine(turn.reply) {
      differ("words", words, Replay.singleLine(turn.reply), line: exchange.botLines.lowerBound)
    }
    let choices = exchange.expectations.filter { $0.subject == .oneOf }
    if let first = choices.first, !choices.contains(where: { $0.value == Replay.singleLine(turn.reply) }) {
      differ("one-of", choices.map(\.value).joined(separator: " | "), Replay.singleLine(turn.reply), line: first.line)
    }
    for expectation in exchange.expectations {
      if let found = Replay.violation(of: expectation, turn) {
        differ(expectation.subject.rawValue, expectation.value, found, line: expectation.line)
      }
    }
  }

  /// What was found where the expectation does not hold, or nil where it does.
  private static func violation(of expectation: Transcript.Expectation, _ turn: Turn) -> String? {
    let value = expectation.value
    func unless(_ holds: Bool, _ found: String) -> String? { holds ? nil : found }
    let kinds = turn.parts.map(\.kind.rawValue)
    switch expectation.subject {
    case .intent: return unless((turn.intent ?? "none") == value, turn.intent ?? "none")
    case .state: return unless(turn.state == value, turn.state)
    case .risk: return unless(turn.risk.level.rawValue == value, turn.risk.level.rawValue)
    case .kind: return unless((turn.risk.kind?.rawValue ?? "none") == value, turn.risk.kind?.rawValue ?? "none")
    case .part: return unless(kinds.contains(value), kinds.joined(separator: ", "))
    case .noPart: return unless(!kinds.contains(value), kinds.joined(separator: ", "))
    case .idea: return unless(turn.ideas.contains(value), turn.ideas.joined(separator: ", "))
    case .says: return unless(turn.reply.contains(value), singleLine(turn.reply))
    case .notSays: return unless(!turn.reply.contains(value), singleLine(turn.reply))
    case .oneOf: return nil
    }
  }

  static func singleLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { Transcript.trim($0) }.joined(separator: " ")
  }

  /// The text of a transcript with the words and expectations that differ written anew; comments and
  /// everything else stay as they are.
  public func updated(_ text: String, _ transcript: Transcript) -> String {
    let windows = text.contains("\r\n")
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    let offset = transcript.turns.first?.you == nil ? 0 : 1
    for (i, exchange) in transcript.turns.enumerated().reversed() {
      let turn = turns[i + offset]
      for expectation in exchange.expectations.reversed() {
        let found: String? =
          switch expectation.subject {
          case .intent: turn.intent ?? "none"
          case .state: turn.state
          case .risk: turn.risk.level.rawValue
          case .kind: turn.risk.kind?.rawValue ?? "none"
          default: nil
          }
        if let found, found != expectation.value {
          lines[expectation.line - 1] = "  = \(expectation.subject.rawValue): \(found)"
        }
      }
      guard let words = exchange.bot, words != Replay.singleLine(turn.reply) else { continue }
      let written = TranscriptText.bot(turn).split(separator: "\n").map(String.init)
      lines.replaceSubrange((exchange.botLines.lowerBound - 1)..<(exchange.botLines.upperBound - 1), with: written)
    }
    return lines.joined(separator: windows ? "\r\n" : "\n")
  }
}
