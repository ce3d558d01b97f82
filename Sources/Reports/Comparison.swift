import Dialogue
import Matching
import Transcripts

/// What changes between two versions of a bot: which utterances are heard as something else, and which turns of
/// which conversations are answered otherwise.
public struct Comparison: Sendable {
  /// An utterance that is heard otherwise.
  public struct Change: Sendable, Equatable {
    public enum Verdict: String, Sendable, CaseIterable {
      /// Wrong before, right now.
      case mended
      /// Right before, wrong now.
      case lost
      /// Right or wrong as before.
      case other
    }
    public var row: LabelledRow
    public var before: String?
    public var after: String?
    public var verdict: Verdict
  }

  /// An utterance in which another risk is heard.
  public struct RiskChange: Sendable, Equatable {
    public var row: LabelledRow
    public var before: Risk
    public var after: Risk
  }

  /// A turn that goes otherwise.
  public struct TurnChange: Sendable, Equatable {
    public var place: String
    public var before: Turn
    public var after: Turn

    public var hearsOtherwise: Bool { before.intent != after.intent || before.risk != after.risk }
    public var leadsElsewhere: Bool { before.state != after.state }
    public var saysOtherwise: Bool { before.reply != after.reply }
  }

  /// A conversation with at least one turn that goes otherwise.
  public struct ConversationChange: Sendable, Equatable {
    public var file: String
    public var turns: [TurnChange]
  }

  public private(set) var changes: [Change] = []
  public private(set) var risks: [RiskChange] = []
  public private(set) var conversations: [ConversationChange] = []
  public let rowCount: Int
  public let conversationCount: Int
  /// How many utterances were heard right, before and now.
  public private(set) var right = (before: 0, after: 0)

  public init(
    before: Bot, after: Bot, rows: [LabelledRow], transcripts: [(file: String, transcript: Transcript)]
  ) {
    rowCount = rows.count
    conversationCount = transcripts.count
    var old = before.matcher.makeWorkspace()
    var new = after.matcher.makeWorkspace()
    for row in rows {
      compare(
        row, before.matcher.hearRivals(in: row.text, workspace: &old), before.matcher,
        after.matcher.hearRivals(in: row.text, workspace: &new), after.matcher)
    }
    for (file, transcript) in transcripts {
      let turns = Comparison.turns(transcript, file, before, after)
      if !turns.isEmpty { conversations.append(ConversationChange(file: file, turns: turns)) }
    }
  }

  private mutating func compare(
    _ row: LabelledRow, _ before: Hearing, _ old: Matcher, _ after: Hearing, _ new: Matcher
  ) {
    let was = before.best.map { old.intentIDs[$0.intent] }
    let now = after.best.map { new.intentIDs[$0.intent] }
    let (wasRight, isRight) = (row.accepts(was), row.accepts(now))
    if wasRight { right.before += 1 }
    if isRight { right.after += 1 }
    if was != now {
      let verdict: Change.Verdict = wasRight == isRight ? .other : isRight ? .mended : .lost
      changes.append(Change(row: row, before: was, after: now, verdict: verdict))
    }
    if before.risk != after.risk { risks.append(RiskChange(row: row, before: before.risk, after: after.risk)) }
  }

  private static func turns(_ transcript: Transcript, _ file: String, _ before: Bot, _ after: Bot) -> [TurnChange] {
    let old = HeldConversation(transcript, file: file, with: before)
    let new = HeldConversation(transcript, file: file, with: after)
    return zip(old.turns, new.turns).enumerated().compactMap { i, pair in
      let change = TurnChange(place: new.place(of: i), before: pair.0, after: pair.1)
      return change.hearsOtherwise || change.leadsElsewhere || change.saysOtherwise ? change : nil
    }
  }

  public func count(_ verdict: Change.Verdict) -> Int { changes.count { $0.verdict == verdict } }
  public var isEmpty: Bool { changes.isEmpty && risks.isEmpty && conversations.isEmpty }
}

extension Comparison {
  /// The comparison for people: how much changed, then each change on lines of its own; what was begins with `-`, what
  /// is with `+`.
  public var text: String {
    var text = isEmpty ? summary : summary + "\n"
    for verdict in [Change.Verdict.lost, .other, .mended] {
      for change in changes where change.verdict == verdict {
        let label = change.row.intent ?? "nothing"
        let aside = verdict == .other ? "other, labelled \(label)" : verdict == .lost ? "lost" : "mended"
        text += "\(change.row.place): \(aside): \"\(change.row.text)\"\n"
        text += "  - \(change.before ?? "nothing")\n  + \(change.after ?? "nothing")\n"
      }
    }
    for change in risks {
      text += "\(change.row.place): risk: \"\(change.row.text)\"\n"
      text += "  - \(Comparison.name(change.before))\n  + \(Comparison.name(change.after))\n"
    }
    for turn in conversations.flatMap(\.turns) { text += Comparison.text(turn) }
    return text
  }

  /// How much changed.
  public var summary: String {
    let turns = conversations.flatMap(\.turns)
    let heard = turns.count { $0.hearsOtherwise }
    return """
      utterances     \(rowCount): \(changes.count) heard otherwise (\(count(.mended)) mended, \(count(.lost)) lost, \
      \(count(.other)) other), \(risks.count) with another risk; right \(right.before) -> \(right.after)
      conversations  \(conversationCount): \(conversations.count) go otherwise, in \(turns.count) turns \
      (\(heard) heard otherwise, \(turns.count { $0.saysOtherwise }) answered otherwise)

      """
  }

  private static func text(_ change: TurnChange) -> String {
    var text = "\(change.place): turn \(change.after.number): \"\(singleLine(change.after.you))\"\n"
    func line(_ name: String, _ was: String, _ now: String) {
      if was != now { text += "  - \(name)\(was)\n  + \(name)\(now)\n" }
    }
    line("intent: ", change.before.intent ?? "nothing", change.after.intent ?? "nothing")
    line("risk: ", name(change.before.risk), name(change.after.risk))
    line("state: ", change.before.state, change.after.state)
    line("", singleLine(change.before.reply), singleLine(change.after.reply))
    return text
  }

  private static func name(_ risk: Risk) -> String {
    risk.level.rawValue + (risk.kind.map { " \($0.rawValue)" } ?? "")
  }

  private static func singleLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " / ")
  }
}
