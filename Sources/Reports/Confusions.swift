import Dialogue
import Matching

/// What labelled utterances are heard as.
public struct Confusions: Sendable {
  /// Utterances of one intent that were all heard as one.
  public struct Cell: Sendable, Equatable {
    public var expected: String?
    public var heard: String?
    public var rows: [LabelledRow]
    public var isRight: Bool { expected == heard }
  }

  /// By what was expected, then by what was heard. An utterance heard as something that is right too counts as
  /// heard right.
  public let cells: [Cell]
  public let total: Int
  public let right: Int

  public init(_ rows: [LabelledRow], heardBy matcher: Matcher) {
    var workspace = matcher.makeWorkspace()
    self.init(
      rows.map { row in
        let best = matcher.hearRivals(in: row.text, workspace: &workspace).best
        return (row, best.map { matcher.intentIDs[$0.intent] })
      })
  }

  init(_ heard: [(row: LabelledRow, heard: String?)]) {
    struct Pair: Hashable {
      var expected: String?
      var heard: String?
    }
    var found: [Pair: [LabelledRow]] = [:]
    for (row, heard) in heard {
      found[Pair(expected: row.intent, heard: row.accepts(heard) ? row.intent : heard), default: []].append(row)
    }
    cells = found.map { Cell(expected: $0.expected, heard: $0.heard, rows: $1) }
      .sorted { ($0.expected ?? "", $0.heard ?? "") < ($1.expected ?? "", $1.heard ?? "") }
    total = heard.count
    right = cells.filter(\.isRight).reduce(0) { $0 + $1.rows.count }
  }

  /// The cells that are wrong, the largest first.
  public var mistakes: [Cell] {
    cells.filter { !$0.isRight }.enumerated()
      .sorted { ($1.element.rows.count, $0.offset) < ($0.element.rows.count, $1.offset) }.map(\.element)
  }

  /// How many utterances each intent has, by id.
  public var expected: [String?: Int] {
    Dictionary(cells.map { ($0.expected, $0.rows.count) }, uniquingKeysWith: +)
  }
}
