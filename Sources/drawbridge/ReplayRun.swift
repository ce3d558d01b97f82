import Dialogue
import Matching
import Terminal
import Transcripts

/// What became of one transcript.
struct ReplayOutcome: Sendable {
  enum Verdict: String, Sendable { case passed, differs, broken, unreadable, skipped }

  var path: String
  var title = ""
  var verdict: Verdict
  /// What is wrong with the file: a line for standard error.
  var complaint: String?
  /// What a person should know though nothing is wrong with the file.
  var warning: String?
  /// How many turns were held, the opening among them.
  var turns = 0
  /// Those turns, where they are counted.
  var held: [Turn] = []
  // Only of a transcript that differs: many others may wait for their turn to be told of.
  var bytes: [UInt8] = []
  var transcript = Transcript()
  var replay = Replay()
  /// The same conversation with the other bot.
  var other: Replay?
  /// Why it differs, the gravest first: from the transcript, or from what the other bot does.
  var causes: [Cause] = []
}

/// Replaying one file after another.
struct ReplayRun: Sendable {
  var bot: Bot
  /// The bot that is compared with.
  var other: Bot?
  var seed: UInt64?
  var only: [OnlyFilter] = []
  /// Whether the turns of each transcript are kept until they are counted.
  var keepsTurns = false
  private let owners: WordingOwners

  init(bot: Bot, other: Bot?, seed: UInt64?, only: [OnlyFilter], keepsTurns: Bool) {
    self.bot = bot
    self.other = other
    self.seed = seed
    self.only = only
    self.keepsTurns = keepsTurns
    owners = WordingOwners(bot)
  }

  /// The bots' working memory, of one thread.
  struct Workspace {
    fileprivate var first: Matcher.Workspace?
    fileprivate var second: Matcher.Workspace?
  }

  func outcome(of entry: TranscriptFiles.Entry, _ workspace: inout Workspace) -> ReplayOutcome {
    switch entry {
    case .unreadable(let path, let reason): return ReplayRun.unreadable(path, reason)
    case .file(let path):
      do throws(BoundedFile.Failure) {
        switch try BoundedFile.read(path, atMost: TranscriptParser.largest) {
        case .tooLarge(let size): return ReplayRun.broken(path, TranscriptParser.tooLarge(size))
        case .bytes(let bytes): return outcome(of: path, bytes, &workspace)
        }
      } catch {
        return ReplayRun.unreadable(path, error.reason)
      }
    }
  }

  private func outcome(of path: String, _ bytes: [UInt8], _ workspace: inout Workspace) -> ReplayOutcome {
    var transcript: Transcript
    do throws(TranscriptError) {
      transcript = try TranscriptParser.parse(bytes)
    } catch {
      return ReplayRun.broken(path, error)
    }
    if let refusal = Replay.refusal(of: transcript, with: bot) { return ReplayRun.broken(path, refusal) }
    if let seed { transcript.header.seed = seed }
    var outcome = ReplayOutcome(path: path, title: transcript.header.title, verdict: .passed)
    outcome.warning = transcript.cutOff.map {
      "\(path):\($0):1: warning: the recording breaks off here, and the turn is left out; "
        + "if it is complete, put an empty line below it"
    }
    var replay = Replay.run(transcript, with: bot, workspace: &workspace.first)
    outcome.turns = replay.turns.count
    if keepsTurns { outcome.held = replay.turns }
    if !only.isEmpty {
      guard replay.pairs(transcript).contains(where: { pair in only.contains { $0.holds(pair.1, pair.0) } }) else {
        outcome.verdict = .skipped
        return outcome
      }
      replay.keepDifferences(where: { turn, exchange in only.contains { $0.holds(turn, exchange) } }, in: transcript)
    }
    if let other {
      let second = Replay.run(transcript, with: other, workspace: &workspace.second)
      if replay.isLike(second) { return outcome }
      outcome.other = second
    } else if replay.differences.isEmpty {
      return outcome
    }
    outcome.verdict = .differs
    outcome.bytes = bytes
    outcome.transcript = transcript
    outcome.replay = replay
    outcome.causes = Cause.all(of: outcome.other.map(replay.compared) ?? replay, in: owners)
    return outcome
  }

  private static func broken(_ path: String, _ error: TranscriptError) -> ReplayOutcome {
    ReplayOutcome(path: path, verdict: .broken, complaint: "\(path):\(error)")
  }

  private static func unreadable(_ path: String, _ reason: String) -> ReplayOutcome {
    ReplayOutcome(
      path: path, verdict: .unreadable,
      complaint: "\(path): error: it cannot be read: \(reason); check its name and permissions")
  }
}

/// What `--only` chooses: turns by what was, or should have been, heard in them.
struct OnlyFilter: Sendable {
  var subject: Transcript.Expectation.Subject
  var value: String

  /// Reads `intent:exhausted`.
  init?(_ text: String) {
    let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard halves.count == 2, let subject = Transcript.Expectation.Subject(rawValue: halves[0]),
      [.intent, .state, .risk, .kind].contains(subject)
    else { return nil }
    self.subject = subject
    value = halves[1]
  }

  /// What is wrong with it where the bot has nothing of that name: it would choose no turn.
  func problem(with bot: Bot) -> String? {
    let names: [String] =
      switch subject {
      case .intent: bot.intents.map(\.id) + ["none"]
      case .state: bot.machine.states.map(\.id)
      case .risk: Risk.Level.allCases.map(\.rawValue)
      default: Risk.Kind.allCases.map(\.rawValue) + ["none"]
      }
    guard !names.contains(value) else { return nil }
    let near = Nearest.words(to: value, among: names)
    let hint = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
    return "--only \(subject.rawValue):\(value.prefix(60)): there is no such \(subject.rawValue)\(hint)"
  }

  func holds(_ turn: Turn, _ exchange: Transcript.Exchange?) -> Bool {
    turn.value(of: subject) == value
      || exchange?.expectations.contains { $0.subject == subject && $0.value == value } ?? false
  }
}

extension Replay {
  /// Whether a person would have seen the same, and the same was heard.
  func isLike(_ other: Replay) -> Bool {
    turns.count == other.turns.count && zip(turns, other.turns).allSatisfy { $0.isLike($1) }
  }
}

extension Turn {
  func isLike(_ other: Turn) -> Bool {
    intent == other.intent && state == other.state && risk == other.risk && reply == other.reply
  }
}
