import Dialogue
import Graphs

extension ReportPage {
  /// A heat map, the commonest mistakes and every intent's share, for each set of labelled utterances.
  mutating func confusions() -> Markup {
    guard !rows.isEmpty else { return "<p>No labelled utterance was given.</p>\n" }
    var body: Markup = ""
    for (i, rows) in rows.enumerated() { body += confusions(rows, prefix: "c\(i)-") }
    return body
  }

  private mutating func confusions(_ rows: Rows, prefix: String) -> Markup {
    let table = rows.confusions
    let mistakes = table.mistakes
    let share = table.total == 0 ? 0 : Double(table.right) / Double(table.total)
    let numbers = Dictionary(
      mistakes.prefix(Self.mostMistakes).enumerated().map { (Self.key($1), $0) },
      uniquingKeysWith: { first, _ in first })
    let map = HeatMap(confusions: table, intents: bot.intents.map { ($0.id, $0.place) }) { cell in
      numbers[Self.key(cell)].map { "#\(prefix)\($0)" }
    }
    var body: Markup = """
      <h3>\(rows.name)</h3>
      <p>\(rows.about) \(table.total) utterances, \(table.right) heard right (\(Self.percent(share))), \
      \(table.total - table.right) heard as something else.</p>
      <figure class="scroll">\(map.picture(&lines))<figcaption>Rows: what was expected. Columns: what was heard. \
      On the diagonal what is right, the fainter the less of it; beside it what is confused, from
      <span class="key k0">under 2 %</span> <span class="key k1">2 to 5 %</span> <span class="key k2">5 to 10 %</span>
      <span class="key k3">10 to 20 %</span> to <span class="key k4">over 20 %</span> of the row.</figcaption></figure>

      """
    body += Self.details("The mistakes, the commonest first: \(mistakes.count) pairs", self.mistakes(mistakes, prefix))
    body += Self.details("Each intent", byIntent(table))
    return body
  }

  /// Pairs of intents that are written out, and utterances of each.
  private static let mostMistakes = 150
  private static let mostUtterances = 5

  private static func key(_ cell: Confusions.Cell) -> [String?] { [cell.expected, cell.heard] }

  private func place(of intent: String?) -> String { intent.flatMap { bot.intent($0)?.place } ?? "" }

  private mutating func name(_ intent: String?) -> Markup {
    lines.link("\(intent ?? "nothing")", to: place(of: intent))
  }

  private mutating func mistakes(_ mistakes: [Confusions.Cell], _ prefix: String) -> Markup {
    var items: [Markup] = []
    for (i, cell) in mistakes.prefix(Self.mostMistakes).enumerated() {
      var utterances: [Markup] = []
      for row in cell.rows.prefix(Self.mostUtterances) {
        utterances.append("<li>\(row.text) \(lines.link(row.place))</li>\n")
      }
      if cell.rows.count > Self.mostUtterances {
        utterances.append("<li>and \(cell.rows.count - Self.mostUtterances) more</li>\n")
      }
      let (expected, heard) = (name(cell.expected), name(cell.heard))
      items.append(
        "<li id=\"\(prefix)\(i)\">\(cell.rows.count)× \(expected), heard as \(heard)\n<ul>\n\(utterances)</ul></li>\n")
    }
    if items.isEmpty { return "<p>None.</p>\n" }
    let rest = mistakes.count - items.count
    return "<ol>\n\(items)</ol>\n" + (rest > 0 ? "<p>And \(rest) more pairs, all rarer.</p>\n" : "")
  }

  private mutating func byIntent(_ table: Confusions) -> Markup {
    let totals = table.expected
    let right = Dictionary(
      table.cells.filter(\.isRight).map { ($0.expected, $0.rows.count) }, uniquingKeysWith: { first, _ in first })
    var rows: [[Markup]] = []
    for id in bot.intents.map({ Optional($0.id) }) + [nil] {
      guard let total = totals[id] else { continue }
      let worst = table.mistakes.first { $0.expected == id }
      rows.append([
        name(id), "\(total)", "\(right[id] ?? 0)", "\(Self.percent(Double(right[id] ?? 0) / Double(total)))",
        worst.map { "\(name($0.heard)) \($0.rows.count)" } ?? "",
      ])
    }
    return Self.table(["intent", "utterances", "right", "share", "most often taken for"], rows, numbers: [1, 2, 3])
  }
}
