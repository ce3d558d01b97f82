import Dialogue

/// Why a transcript no longer holds: what differs in the turn in which the conversations part. What differs
/// later mostly follows from it.
public enum Cause: Sendable, Hashable {
  /// Another wording, to the same intent and in the same state.
  case wording(of: String?)
  case opening
  case heard(expected: String, found: String)
  case risk(expected: String, found: String)
  case state(after: String?, expected: String, found: String)
  case expectation(Transcript.Expectation.Subject, value: String, intent: String?)

  /// Nil where nothing differs.
  public init?(_ replay: Replay) {
    guard let first = replay.differences.first else { return nil }
    let turn = replay.turns[first.turn]
    let here = replay.differences.prefix { $0.turn == first.turn }
    func difference(_ subject: Transcript.Expectation.Subject) -> Replay.Difference? {
      here.first { $0.subject == .expectation(subject) }
    }
    if let d = difference(.intent) {
      self = .heard(expected: d.expected, found: d.found)
    } else if let d = difference(.risk) ?? difference(.kind) {
      self = .risk(expected: d.expected, found: d.found)
    } else if let d = difference(.state) {
      self = .state(after: turn.intent, expected: d.expected, found: d.found)
    } else if case .expectation(let subject) = here.first(where: { $0.subject != .words })?.subject ?? .words,
      subject != .oneOf
    {
      self = .expectation(subject, value: difference(subject)?.expected ?? "", intent: turn.intent)
    } else {
      self = turn.number == 0 ? .opening : .wording(of: turn.intent)
    }
  }

  /// In a few words: "wording of `exhausted` changed".
  public var text: String {
    func name(_ intent: String?) -> String { intent.map { "`\($0)`" } ?? "what nothing was heard in" }
    return switch self {
    case .wording(let intent): "wording of \(name(intent)) changed"
    case .opening: "the opening changed"
    case .heard(let expected, let found): "`\(expected)` is heard as `\(found)`"
    case .risk(let expected, let found): "risk `\(expected)` is heard as `\(found)`"
    case .state(let intent, let expected, let found):
      "after \(name(intent)) the state is `\(found)` in place of `\(expected)`"
    case .expectation(let subject, let value, let intent):
      "`\(subject.rawValue): \(value)` does not hold of \(name(intent))"
    }
  }
}

/// Transcripts by what made them differ.
public struct Causes: Sendable {
  private var transcripts: [Cause: (count: Int, first: String)] = [:]

  public init() {}

  /// - Parameter name: the transcript's file.
  public mutating func add(_ cause: Cause, in name: String) {
    transcripts[cause, default: (0, name)].count += 1
  }

  /// The most frequent cause first; "14 transcripts: wording of `exhausted` changed".
  public var sorted: [(cause: Cause, count: Int, first: String)] {
    transcripts.map { ($0.key, $0.value.count, $0.value.first) }
      .sorted { ($1.count, $0.cause.text, $0.first) < ($0.count, $1.cause.text, $1.first) }
  }

  public var lines: [String] {
    sorted.map { cause, count, first in
      count == 1 ? "1 transcript: \(cause.text) (\(first))" : "\(count) transcripts: \(cause.text) (first \(first))"
    }
  }
}
