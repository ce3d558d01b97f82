import Dialogue
import Terminal
import Transcripts

/// What a person sees of a replay.
struct ReplayText {
  let screen: Screen
  /// Differing turns of one transcript that are shown.
  var most = 10

  /// Below this share of common words two sentences are set under each other.
  private static let leastLikeness = 0.4

  // MARK: Differences

  /// A transcript that differs, turn by turn.
  func differences(_ outcome: ReplayOutcome) -> String {
    let title = outcome.title.isEmpty ? "" : ": " + Escapes.visible(outcome.title)
    var text = screen.styled(Escapes.visible(outcome.path) + title, .you) + "\n"
    let byTurn = Dictionary(grouping: outcome.replay.differences) { $0.turn }.sorted { $0.key < $1.key }
    for (number, differences) in byTurn.prefix(most) {
      let parting = number == outcome.replay.parting && byTurn.count > 1 ? "; the conversations part here" : ""
      text += "  turn \(number), line \(differences[0].line)\(parting)\n"
      text += turn(outcome.replay.turns[number], differences)
    }
    if byTurn.count > most { text += "  ... and \(byTurn.count - most) more turns differ; --all shows them\n" }
    return text + "\n"
  }

  func turn(_ turn: Turn, _ differences: [Replay.Difference]) -> String {
    var text = ""
    if turn.number > 0 {
      text += turn.you.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "    you> \(Escapes.visible(String($0)))\n" }.joined()
    }
    for difference in differences {
      switch difference.subject {
      case .words: text += words(difference.expected, difference.found)
      case .expectation(.says): text += line("says", difference.expected, "is not in", difference.found)
      case .expectation(.notSays): text += line("not-says", difference.expected, "is in", difference.found)
      case .expectation(.pattern): text += line("pattern", difference.expected, "is not in", difference.found)
      case .expectation(.oneOf):
        text += "    one-of: none of them is\n      " + Escapes.visible(difference.found) + "\n"
      case .expectation(.noPart): text += line("no-part", difference.expected, "is among", difference.found)
      case .expectation(let subject):
        text += "    \(subject.rawValue): \(removed(difference.expected)) \(added(difference.found))\n"
      }
    }
    let named = Set(differences.map(\.subject.name))
    let beside = [("intent", turn.intent ?? "none"), ("state", turn.state)].filter { !named.contains($0.0) }
    if !beside.isEmpty {
      let list = beside.map { "\($0.0): \(Escapes.visible($0.1))" }.joined(separator: ", ")
      text += screen.styled("    (\(list))", .hint) + "\n"
    }
    return text
  }

  private func line(_ subject: String, _ value: String, _ verb: String, _ found: String) -> String {
    "    \(subject): \(removed(value)) \(verb): \(Escapes.visible(found))\n"
  }

  private func words(_ old: String, _ new: String) -> String {
    let difference = WordDifference(from: old, to: new)
    guard difference.likeness >= ReplayText.leastLikeness else {
      return "    bot> \(removed(old))\n    bot> \(added(new))\n"
    }
    return "    bot> \(inLine(difference))\n"
  }

  /// One line in which what changed stands out.
  func inLine(_ difference: WordDifference) -> String {
    difference.pieces.map { piece in
      switch piece {
      case .same(let text): Escapes.visible(text)
      case .removed(let text): removed(text)
      case .added(let text): added(text)
      }
    }.joined(separator: " ")
  }

  private func removed(_ text: String) -> String {
    let text = Escapes.visible(text)
    return screen.usesColour ? screen.styled(text, .bad) : "[-\(text)-]"
  }

  private func added(_ text: String) -> String {
    let text = Escapes.visible(text)
    return screen.usesColour ? screen.styled(text, .good) : "{+\(text)+}"
  }

  /// `reached: intents 800 of 1,000 (80 %), ...`
  static func reached(_ coverage: Coverage) -> String {
    func share<ID>(_ name: String, _ tally: Coverage.Tally<ID>) -> String {
      "\(name) \(tally.covered) of \(tally.items.count) (\(Int(tally.share * 100)) %)"
    }
    return "reached: "
      + [
        share("intents", coverage.intents), share("states", coverage.states),
        share("transitions", coverage.transitions), share("wordings", coverage.wordings),
        share("ideas", coverage.ideas),
      ].joined(separator: ", ")
  }

  // MARK: Side by side

  /// The turns in which two bots part, next to each other.
  func sideBySide(_ outcome: ReplayOutcome, _ other: Replay) -> String {
    let title = outcome.title.isEmpty ? "" : ": " + Escapes.visible(outcome.title)
    var text = screen.styled(Escapes.visible(outcome.path) + title, .you) + "\n"
    let differing = zip(outcome.replay.turns, other.turns).filter { !$0.isLike($1) }
    let parting = outcome.replay.compared(with: other).parting
    for (left, right) in differing.prefix(most) {
      text += "  turn \(left.number)\(left.number == parting ? "; the conversations part here" : "")\n"
      if left.number > 0 { text += "    you> \(Escapes.visible(left.you.replacing("\n", with: " ")))\n" }
      text += columns(left, right)
    }
    if differing.count > most { text += "  ... and \(differing.count - most) more turns differ; --all shows them\n" }
    return text + "\n"
  }

  private func columns(_ left: Turn, _ right: Turn) -> String {
    let width = (screen.width - 7) / 2
    func lines(_ turn: Turn, _ words: String) -> [String] {
      [words, heard(turn)].flatMap {
        Text.lines(Escapes.visible($0), width: width)
      }
    }
    let (a, b) = (lines(left, left.reply), lines(right, right.reply))
    return (0..<max(a.count, b.count)).map { i in
      let one = i < a.count ? a[i] : ""
      let two = i < b.count ? b[i] : ""
      let gap = String(repeating: " ", count: max(0, width - Text.columns(of: one[...])))
      let same = one == two
      return "    " + (same ? one : screen.styled(one, .bad)) + gap + " | " + (same ? two : screen.styled(two, .good))
    }.map { $0 + "\n" }.joined()
  }

  private func heard(_ turn: Turn) -> String {
    "(\(turn.intent ?? "none"), \(turn.state)" + (turn.risk.level == .none ? ")" : ", \(turn.risk.level.rawValue))")
  }
}
