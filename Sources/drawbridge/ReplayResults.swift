import Dialogue
import Foundation
import Terminal
import Transcripts

/// What comes out of a replay: to a person, into reports, back into the transcripts.
struct ReplayResults {
  /// Whether what differs is written into the transcripts.
  var updates = false
  /// Whether each turn is asked about first.
  var asks = false
  /// What of the bot was reached, where that is asked for.
  var coverage: Coverage?
  private(set) var tally = ReplayTally()

  private let bot: Bot
  private let text: ReplayText
  private let showsText: Bool
  private let showsTurns: Bool
  private var reports: [any ReplayReport]
  private var output = Output()
  private var progress: Progress
  private var answers = LineReader()
  /// Nothing more is asked: everything is accepted, or nothing.
  private var acceptsRest: Bool?

  /// - Parameters:
  ///   - showsText: whether anything is shown to a person.
  ///   - showsTurns: whether what differs is shown, and not the sums alone.
  init(bot: Bot, reports: [any ReplayReport], showsText: Bool, showsTurns: Bool = true, most: Int) throws {
    let screen = Screen { ProcessInfo.processInfo.environment[$0] }
    self.bot = bot
    self.reports = reports
    self.showsText = showsText
    self.showsTurns = showsTurns
    text = ReplayText(screen: screen, most: most)
    progress = Progress()
  }

  var hasFailures: Bool { tally[.differs] + tally[.broken] + tally[.unreadable] > 0 }

  /// Takes in what became of the next transcript.
  ///
  /// - Returns: false if the person wants no more.
  mutating func add(_ outcome: ReplayOutcome) throws -> Bool {
    tally.add(outcome)
    if !outcome.held.isEmpty { coverage?.add(outcome.held) }
    if let line = outcome.complaint ?? outcome.warning {
      try clearTheWay()
      StandardError.write(Escapes.visible(line))
    }
    for i in reports.indices { try reports[i].add(outcome) }
    if outcome.verdict == .differs {
      if asks {
        try settle(outcome, accepting: ask(outcome))
      } else {
        try show(outcome)
        if updates { try settle(outcome, accepting: outcome.replay.differences) }
      }
    }
    if text.screen.isTerminal { try output.flush() }
    progress.show(tally)
    return acceptsRest != false
  }

  /// The last lines, and the reports put away.
  mutating func finish() throws {
    progress.clear()
    for i in reports.indices { try reports[i].finish(tally) }
    let reached = coverage.map { ReplayText.reached($0) + "\n" } ?? ""
    guard showsText else { return StandardError.writeRaw(reached) }
    let causes =
      showsTurns ? tally.causes.lines(mostWordings: text.most).map { Escapes.visible($0) + "\n" }.joined() : ""
    try output.write(causes + reached + tally.summary + "\n")
    try output.flush()
  }

  /// The exit status, or nil where all is well.
  func status(comparing: Bool, sharded: Bool) -> Int32? {
    if tally[.unreadable] + tally.unwritten > 0 { return 3 }
    let differing = updates ? tally.unsettled : tally[.differs]
    if tally[.broken] + differing > 0 { return 1 }
    if tally.counts.isEmpty, !sharded {
      StandardError.write("drawbridge: there is no transcript; name files that hold some, or folders with .txt files")
      return 1
    }
    return nil
  }

  // MARK: Showing

  private mutating func clearTheWay() throws {
    progress.clear()
    try output.flush()
  }

  private mutating func show(_ outcome: ReplayOutcome) throws {
    guard showsText, showsTurns else { return }
    progress.clear()
    try output.write(outcome.other.map { text.sideBySide(outcome, $0) } ?? text.differences(outcome))
  }

  // MARK: Updating

  private mutating func settle(_ outcome: ReplayOutcome, accepting accepted: [Replay.Difference]) throws {
    let update = TranscriptUpdate(
      outcome.bytes, outcome.transcript, outcome.replay, accepting: accepted, version: bot.version)
    if !update.left.isEmpty || accepted.count < outcome.replay.differences.count { tally.unsettled += 1 }
    for difference in update.left {
      try clearTheWay()
      StandardError.write(
        Escapes.visible(
          "\(outcome.path):\(difference.line):1: not updated: `\(difference.subject.name): \(difference.expected)` "
            + "does not hold; change or remove it by hand"))
    }
    guard update.settled > 0 else { return }
    do throws(PrivateFile.Failure) {
      try PrivateFile.replace(outcome.path, update.bytes)
      tally.updated += 1
    } catch {
      try clearTheWay()
      StandardError.write(Escapes.visible("\(error): error: it is not updated; the file is as it was"))
      tally.unwritten += 1
    }
  }

  /// Asks once whether everything that differs is to be written. Nothing differs: there is nothing to ask.
  mutating func agreesToUpdate() throws -> Bool {
    let count = tally[.differs]
    guard count > 0 else { return false }
    while true {
      try output.write(
        "Write what is said now into \(count == 1 ? "this 1 file" : "these \(count) files")? y yes, n no: ")
      try output.flush()
      guard let (line, _) = try answers.next() else { return false }
      switch String(decoding: line, as: UTF8.self).lowercased().filter({ !$0.isWhitespace }) {
      case "y", "yes": return true
      case "n", "no", "q", "quit": return false
      default: continue
      }
    }
  }

  /// The differences that the person accepts.
  private mutating func ask(_ outcome: ReplayOutcome) throws -> [Replay.Difference] {
    if let acceptsRest { return acceptsRest ? outcome.replay.differences : [] }
    var accepted: [Replay.Difference] = []
    try output.write(text.screen.styled(Escapes.visible(outcome.path), .you) + "\n")
    let turns = Dictionary(grouping: outcome.replay.differences) { $0.turn }.sorted { $0.key < $1.key }
    for (number, differences) in turns {
      if acceptsRest == nil {
        try output.write("  turn \(number), line \(differences[0].line)\n")
        try output.write(text.turn(outcome.replay.turns[number], differences))
        acceptsRest = try answer(&accepted, differences)
      } else if acceptsRest == true {
        accepted += differences
      }
    }
    return accepted
  }

  /// Asks until an answer is understood. Returns whether all further ones are accepted, or none, or nil.
  private mutating func answer(
    _ accepted: inout [Replay.Difference], _ differences: [Replay.Difference]
  ) throws -> Bool? {
    while true {
      try output.write("  Accept? y yes, n no, a all from here on, q quit: ")
      try output.flush()
      guard let (line, _) = try answers.next() else { return false }
      switch String(decoding: line, as: UTF8.self).lowercased().filter({ !$0.isWhitespace }) {
      case "y", "yes":
        accepted += differences
        return nil
      case "n", "no": return nil
      case "a", "all":
        accepted += differences
        return true
      case "q", "quit": return false
      default: continue
      }
    }
  }
}

/// How far a replay is, on a terminal, when it takes more than a second.
private struct Progress {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var isOnScreen = false

  private static let patience = Duration.seconds(1)
  private static let pace = Duration.milliseconds(100)

  init() {
    let terminal = ProcessInfo.processInfo.environment["TERM"] ?? ""
    isShown = isatty(2) == 1 && !terminal.isEmpty && terminal != "dumb"
    start = clock.now
    last = start
  }

  mutating func show(_ tally: ReplayTally) {
    guard isShown else { return }
    let now = clock.now
    guard now - start > Progress.patience, now - last > Progress.pace else { return }
    last = now
    isOnScreen = true
    let files = tally.counts.values.reduce(0, +)
    let line = "\r\u{1b}[K\(files) transcripts, \(tally.turns) turns, \(tally[.differs]) differ"
    StandardError.writeRaw(line)
  }

  mutating func clear() {
    guard isOnScreen else { return }
    isOnScreen = false
    StandardError.writeRaw("\r\u{1b}[K")
  }
}
