import Graphs

/// A confusion table as a picture: a row for each expected intent, a column for each heard one. What is right
/// lies on the diagonal.
struct HeatMap {
  let confusions: Confusions
  /// The intents in the order in which rows and columns stand, with the places where they are declared.
  let intents: [(id: String, place: String)]
  /// The address of the list of a cell's utterances.
  let address: (Confusions.Cell) -> String?

  private static let cell = 10.0
  private static let left = 165.0
  private static let top = 150.0

  static let style: Markup = """

    .heat text { font: 9px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink) }
    .heat .grid { stroke: var(--border); stroke-width: .2 }
    .heat .right { fill: var(--accent) }
    .heat .h0 { fill: var(--heat0) } .heat .h1 { fill: var(--heat1) } .heat .h2 { fill: var(--heat2) }
    .heat .h3 { fill: var(--heat3) } .heat .h4 { fill: var(--heat4) }

    """

  func picture(_ lines: inout SourceListing) -> Markup {
    let totals = confusions.expected
    let heard = Set(confusions.cells.map(\.heard))
    let shown = intents.filter { totals[$0.id] != nil || heard.contains($0.id) }
    let ids: [String?] = shown.map(\.id) + [nil]
    let numbers = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let side = Double(ids.count) * Self.cell
    let (width, height) = (Self.left + side + 8, Self.top + side + 8)
    var body: Markup = ""
    for (i, id) in ids.enumerated() {
      let at = Double(i) * Self.cell
      let name = lines.link("<tspan>\(id ?? "nothing")</tspan>", to: id.flatMap { _ in shown[i].place } ?? "")
      body += """
        <text text-anchor="end" x="\(Self.left - 4)" y="\(Self.top + at + 8)">\(name)</text>\
        <text transform="translate(\(Self.left + at + 8) \(Self.top - 4)) rotate(-90)">\(id ?? "nothing")</text>\
        <path class="grid" d="M\(Self.left) \(Self.top + at)h\(side)M\(Self.left + at) \(Self.top)v\(side)"/>

        """
    }
    for cell in confusions.cells {
      guard let row = numbers[cell.expected], let column = numbers[cell.heard] else { continue }
      body += square(cell, of: totals[cell.expected] ?? 1, row: row, column: column)
    }
    return """
      <svg class="heat" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
      aria-label="Confusion table: rows are what was expected, columns what was heard">
      \(body)</svg>

      """
  }

  private func square(_ cell: Confusions.Cell, of total: Int, row: Int, column: Int) -> Markup {
    let share = Double(cell.rows.count) / Double(total)
    let level = share < 0.02 ? 0 : share < 0.05 ? 1 : share < 0.1 ? 2 : share < 0.2 ? 3 : 4
    let (x, y) = (Self.left + Double(column) * Self.cell + 0.5, Self.top + Double(row) * Self.cell + 0.5)
    let percent = Int((share * 100).rounded())
    // The diagonal is fainter where less is right.
    let look: Markup = cell.isRight ? "right\" fill-opacity=\"\(max(0.1, share))" : "h\(level)"
    let title: Markup = """
      <title>\(cell.expected ?? "nothing") heard as \(cell.heard ?? "nothing"): \(cell.rows.count) of \(total), \
      \(percent) %</title>
      """
    let square: Markup = "<rect class=\"\(look)\" x=\"\(x)\" y=\"\(y)\" width=\"9\" height=\"9\">\(title)</rect>"
    return address(cell).map { "<a href=\"\($0)\">\(square)</a>\n" } ?? "\(square)\n"
  }
}
