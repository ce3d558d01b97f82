import Dialogue
import Synchronization

/// Why a transcript no longer holds.
public enum Cause: Sendable, Hashable {
  case risk(expected: String, found: String)
  case heard(expected: String, found: String)
  case state(after: String?, expected: String, found: String)
  case expectation(Transcript.Expectation.Subject, value: String, intent: String?)
  /// Another wording: of an intent, a state or, where none is named, the dialogue.
  case wording(of: WordingOwners.Owner?)

  /// What differs, the gravest first: each change of risk; what was heard, or the state, in the turn in which the
  /// conversations part; and the wordings that changed up to there. What differs later mostly follows from that.
  public static func all(of replay: Replay, in owners: WordingOwners) -> [Cause] {
    let parting = replay.parting ?? Int.max
    var causes: [Cause] = []
    func add(_ cause: Cause) { if !causes.contains(cause) { causes.append(cause) } }
    for d in replay.differences where [.risk, .kind].contains(d.subject.expectation) {
      add(.risk(expected: d.expected, found: d.found))
    }
    let here = replay.differences.filter { $0.turn == parting }
    if let d = here.first(where: { $0.subject.expectation == .intent }) {
      add(.heard(expected: d.expected, found: d.found))
    } else if let d = here.first(where: { $0.subject.expectation == .state }) {
      add(.state(after: replay.turns[d.turn].intent, expected: d.expected, found: d.found))
    }
    for d in replay.differences where d.turn <= parting {
      switch d.subject {
      case .expectation(.intent), .expectation(.state), .expectation(.risk), .expectation(.kind): break
      case .words, .expectation(.oneOf):
        guard d.turn < parting else { continue }
        let new = replay.turns[d.turn].parts.filter { !d.expected.contains($0.text) }
        for part in new.isEmpty ? Array(replay.turns[d.turn].parts.prefix(1)) : new { add(.wording(of: owners[part])) }
      case .expectation(let subject):
        add(.expectation(subject, value: d.expected, intent: replay.turns[d.turn].intent))
      }
    }
    return causes.sorted { $0.gravity < $1.gravity }
  }

  /// Kinds of causes, the gravest first.
  fileprivate var gravity: Int {
    switch self {
    case .risk: 0
    case .heard: 1
    case .state: 2
    case .expectation: 3
    case .wording: 4
    }
  }

  fileprivate var isWording: Bool { if case .wording = self { true } else { false } }

  /// In a few words: "wording of `exhausted` changed".
  public var text: String {
    func name(_ intent: String?) -> String { intent.map { "`\($0)`" } ?? "a line that is no topic" }
    return switch self {
    case .risk(let expected, let found): "risk `\(expected)` is heard as `\(found)`"
    case .heard(let expected, let found): "`\(expected)` is heard as `\(found)`"
    case .state(let intent, let expected, let found):
      "after \(name(intent)) the state is `\(found)` in place of `\(expected)`"
    case .expectation(let subject, let value, let intent):
      "`\(subject.rawValue): \(value)` does not hold of \(name(intent))"
    case .wording(.intent(let id)): "wording of `\(id)` changed"
    case .wording(.state(let id)): "wording of the state `\(id)` changed"
    case .wording(.opening): "the opening changed"
    case .wording(nil): "wording of the dialogue changed"
    }
  }
}

/// Whose wordings they are. Looked up when it is first asked for: where nothing differs, nobody asks.
public final class WordingOwners: Sendable {
  public enum Owner: Sendable, Hashable {
    case intent(String)
    case state(String)
    case opening
  }

  private let bot: Bot
  private let known = Mutex<[Int: Owner]?>(nil)

  public init(_ bot: Bot) { self.bot = bot }

  subscript(_ part: SpokenPart) -> Owner? {
    known.withLock { known in
      if known == nil { known = WordingOwners.all(of: bot) }
      return part.wording.flatMap { known?[$0] }
    }
  }

  private static func all(of bot: Bot) -> [Int: Owner] {
    var owners: [Int: Owner] = [:]
    for part in bot.script.greeting { owners[part.id] = .opening }
    for intent in bot.intents {
      for part in intent.sections.flatMap(\.parts) { owners[part.id] = .intent(intent.id) }
    }
    for state in bot.machine.states {
      let says = (state.interrupts + state.transitions).flatMap(\.says)
      for part in state.entry + says { owners[part.id] = .state(state.id) }
    }
    return owners
  }
}

extension Replay {
  /// The first turn in which something else was heard or done, and not only said in other words; nil if there is none.
  public var parting: Int? {
    differences.first { [.intent, .state, .risk, .kind].contains($0.subject.expectation) }?.turn
  }
}

extension Replay.Difference.Subject {
  fileprivate var expectation: Transcript.Expectation.Subject? {
    if case .expectation(let subject) = self { subject } else { nil }
  }
}

/// Transcripts by what made them differ.
public struct Causes: Sendable {
  private var transcripts: [Cause: (count: Int, first: String)] = [:]

  public init() {}

  /// - Parameter name: the transcript's file.
  public mutating func add(_ causes: [Cause], in name: String) {
    for cause in causes { transcripts[cause, default: (0, name)].count += 1 }
  }

  /// The gravest first, then the most frequent; "14 transcripts: wording of `exhausted` changed".
  public var sorted: [(cause: Cause, count: Int, first: String)] {
    transcripts.map { ($0.key, $0.value.count, $0.value.first) }
      .sorted {
        ($0.cause.gravity, $1.count, $0.cause.text, $0.first) < ($1.cause.gravity, $0.count, $1.cause.text, $1.first)
      }
  }

  /// - Parameter most: the most wordings that are named; what is graver is named each time.
  public func lines(mostWordings most: Int) -> [String] {
    let grave = sorted.filter { !$0.cause.isWording }
    let wordings = sorted.filter(\.cause.isWording)
    let lines = (grave + wordings.prefix(most)).map { cause, count, first in
      count == 1 ? "1 transcript: \(cause.text) (\(first))" : "\(count) transcripts: \(cause.text) (first \(first))"
    }
    let more = wordings.count - most
    return lines + (more > 0 ? ["... and \(more) more wordings changed; --all names them"] : [])
  }
}
