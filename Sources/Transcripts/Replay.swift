import Dialogue
import Matching

/// Replaying a transcript: what differs from what it says.
public struct Replay: Sendable {
  /// Something that is not as the transcript has it.
  public struct Difference: Sendable, Equatable {
    public enum Subject: Sendable, Hashable {
      case words
      case expectation(Transcript.Expectation.Subject)

      /// `words`, or the name of the expectation.
      public var name: String {
        switch self {
        case .words: "words"
        case .expectation(let subject): subject.rawValue
        }
      }
    }

    /// The turn, from 0 for the opening.
    public var turn: Int
    /// The line of the transcript, from 1.
    public var line: Int
    public var subject: Subject
    public var expected: String
    public var found: String
  }

  /// By turns, in the order of the transcript.
  public private(set) var differences: [Difference] = []
  /// Every turn as it went now, from the opening on.
  public private(set) var turns: [Turn] = []

  /// A replay of nothing.
  public init() {}

  /// Holds the conversation of `transcript` with `bot`.
  public static func run(_ transcript: Transcript, with bot: Bot) -> Replay {
    var workspace: Matcher.Workspace?
    return run(transcript, with: bot, workspace: &workspace)
  }

  /// The same with a workspace of the bot's matcher that is used again and again.
  public static func run(
    _ transcript: Transcript, with bot: Bot, workspace: inout Matcher.Workspace?
  ) -> Replay {
    var replay = Replay()
    var conversation = Conversation(bot: bot, seed: transcript.header.seed, country: transcript.header.country)
    let opening = conversation.open()
    replay.turns.reserveCapacity(transcript.turns.count + 1)
    if transcript.turns.first?.you != nil { replay.turns.append(opening) }
    for exchange in transcript.turns {
      let turn = exchange.you.map { conversation.hear($0, workspace: &workspace) } ?? opening
      replay.turns.append(turn)
      replay.compare(exchange, turn)
    }
    return replay
  }

  /// What is wrong with replaying `transcript` with `bot` at all: that it was held with another one.
  public static func refusal(of transcript: Transcript, with bot: Bot) -> TranscriptError? {
    guard let name = transcript.header.bot, !name.isEmpty, !bot.name.isEmpty, name != bot.name else { return nil }
    return TranscriptError(
      line: transcript.header.botLine ?? 1, column: 6,
      message: "this conversation was held with the bot '\(name)', not with '\(bot.name)'",
      mend: "replay it with the intents of that bot, or remove the line")
  }

  /// Leaves out the differences in turns that `isKept` does not hold for.
  public mutating func keepDifferences(where isKept: (Turn, Transcript.Exchange?) -> Bool, in transcript: Transcript) {
    let offset = firstTurn(transcript)
    differences.removeAll { difference in
      let index = difference.turn - offset
      let exchange = transcript.turns.indices.contains(index) ? transcript.turns[index] : nil
      return !isKept(turns[difference.turn], exchange)
    }
  }

  /// The number of the turn that the transcript begins with.
  func firstTurn(_ transcript: Transcript) -> Int { transcript.turns.first?.you == nil ? 0 : 1 }

  /// The turns of the transcript with what became of them.
  public func pairs(_ transcript: Transcript) -> some Sequence<(Transcript.Exchange, Turn)> {
    zip(transcript.turns, turns.dropFirst(firstTurn(transcript)))
  }

  // MARK: Comparing

  /// What differs from the same conversation with another bot, as if a transcript had that one's turns.
  public func compared(with other: Replay) -> Replay {
    var compared = self
    compared.differences = zip(other.turns, turns).flatMap { before, now in
      let told = ([.intent, .state, .risk, .kind] as [Transcript.Expectation.Subject]).map { subject in
        (Difference.Subject.expectation(subject), before.value(of: subject) ?? "", now.value(of: subject) ?? "")
      }
      return (told + [(.words, before.reply, now.reply)]).filter { $0.1 != $0.2 }
        .map { Difference(turn: now.number, line: 1, subject: $0.0, expected: $0.1, found: $0.2) }
    }
    return compared
  }

  private mutating func compare(_ exchange: Transcript.Exchange, _ turn: Turn) {
    let reply = Transcript.singleLine(turn.reply)
    func differ(_ subject: Difference.Subject, _ expected: String, _ found: String, line: Int) {
      differences.append(
        Difference(turn: turn.number, line: line, subject: subject, expected: expected, found: found))
    }
    if let words = exchange.bot, words != reply {
      differ(.words, words, reply, line: exchange.botLines.lowerBound)
    }
    let choices = exchange.expectations.filter { $0.subject == .oneOf }
    if let first = choices.first, !choices.contains(where: { $0.value == reply }) {
      differ(.expectation(.oneOf), choices.map(\.value).joined(separator: " | "), reply, line: first.line)
    }
    for expectation in exchange.expectations {
      if let found = Replay.violation(of: expectation, turn, reply) {
        differ(.expectation(expectation.subject), expectation.value, found, line: expectation.line)
      }
    }
  }

  /// What was found where the expectation does not hold, or nil where it does.
  private static func violation(of expectation: Transcript.Expectation, _ turn: Turn, _ reply: String) -> String? {
    let value = expectation.value
    func unless(_ holds: Bool, _ found: @autoclosure () -> String) -> String? { holds ? nil : found() }
    func listed(_ items: [String]) -> String { items.isEmpty ? "none" : items.joined(separator: ", ") }
    switch expectation.subject {
    case .intent, .state, .risk, .kind:
      let found = turn.value(of: expectation.subject) ?? ""
      return unless(found == value, found)
    case .part, .noPart:
      let kinds = PartName.kinds(value) ?? []
      let isThere = turn.parts.contains { kinds.contains($0.kind) }
      return unless(isThere == (expectation.subject == .part), listed(turn.parts.map(\.kind.rawValue)))
    case .parts:
      let wanted = Transcript.list(value).map { PartName.kinds($0) ?? [] }
      let holds = wanted.count == turn.parts.count && zip(wanted, turn.parts).allSatisfy { $0.contains($1.kind) }
      return unless(holds, turn.value(of: .parts) ?? "")
    case .idea: return unless(turn.ideas.contains(value), listed(turn.ideas))
    case .source:
      return unless(turn.ideas.contains { $0.hasPrefix(value + ".") }, listed(turn.sources))
    case .says, .notSays:
      let isSaid = (try? WordPattern(words: value))?.matches(reply) ?? false
      return unless(isSaid == (expectation.subject == .says), reply)
    case .pattern: return unless((try? WordPattern(value))?.matches(reply) ?? false, reply)
    case .oneOf: return nil
    }
  }
}

extension Turn {
  /// What an expectation of this subject has to say to hold; nil for subjects that no single value answers.
  public func value(of subject: Transcript.Expectation.Subject) -> String? {
    switch subject {
    case .intent: intent ?? "none"
    case .state: state
    case .risk: risk.level.rawValue
    case .kind: risk.kind?.rawValue ?? "none"
    case .parts: parts.map(\.kind.rawValue).joined(separator: ", ")
    default: nil
    }
  }

  /// The articles that the reply draws on, each once: what stands before the point in its ideas.
  var sources: [String] {
    var seen: Set<String> = []
    return ideas.map { String($0.prefix { $0 != "." }) }.filter { seen.insert($0).inserted }
  }
}
