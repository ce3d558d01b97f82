import Dialogue
import Graphs

extension ReportPage {
  /// What the transcripts reach and what they do not, for every kind of thing that a bot is made of.
  mutating func covered() -> Markup {
    let tables = coverageTables()
    let overview = tables.map { table -> [Markup] in
      let anchor = "missing-" + table.title.split(separator: " ").joined(separator: "-")
      let missing: Markup =
        table.missing.isEmpty ? "0" : "<a href=\"#\(anchor)\">\(table.missing.count)</a>"
      return [
        "\(table.title)", "\(table.items.count)", "\(table.covered)",
        "<meter min=\"0\" max=\"1\" value=\"\(Self.hundredths(table.share))\"></meter> \(Self.percent(table.share))",
        missing,
      ]
    }
    var body = Self.table(["", "all", "covered", "share", "not covered"], overview, numbers: [1, 2, 4])
    for table in tables {
      let anchor = "missing-" + table.title.split(separator: " ").joined(separator: "-")
      body += Self.details(
        "\(table.title) that are never \(table.verb): \(table.missing.count)", list(table.missing), id: anchor)
    }
    for table in tables where table.title != "wordings" { body += met(table) }
    return body
  }

  /// What was met, the most often first, each linked to where it is declared.
  private mutating func met(_ table: CoverageTable) -> Markup {
    let used = table.items.enumerated().filter { $0.element.uses > 0 }
      .sorted { ($1.element.uses, $0.offset) < ($0.element.uses, $1.offset) }.map(\.element)
    guard !used.isEmpty else { return "" }
    var items: [Markup] = []
    for item in used { items.append("<li>\(lines.link("\(item.name)", to: item.place)) \(item.uses)</li>\n") }
    return Self.details(
      "\(table.title) that are \(table.verb), and how often: \(used.count)", "<ul class=\"columns\">\n\(items)</ul>\n")
  }

  /// Items under the headings of their groups.
  private mutating func list(_ items: [CoverageTable.Item]) -> Markup {
    guard !items.isEmpty else { return "<p>None.</p>\n" }
    var groups: [String] = []
    for item in items where !groups.contains(item.group) { groups.append(item.group) }
    var body: Markup = "<ul class=\"columns\">\n"
    for group in groups {
      var inside: [Markup] = []
      for item in items where item.group == group {
        inside.append("<li>\(lines.link("\(item.name)", to: item.place))</li>\n")
      }
      body += group.isEmpty ? "\(inside)" : "<li>\(group) (\(inside.count))\n<ul>\n\(inside)</ul></li>\n"
    }
    return body + "</ul>\n"
  }

  private func coverageTables() -> [CoverageTable] {
    let dialogue = DialogueGraph(bot)
    let composites = Set(bot.machine.states.compactMap(\.parent)).subtracting([bot.machine.start])
    var places: [String: String] = [:]
    for (_, part) in bot.wordings { for idea in part.ideas where places[idea] == nil { places[idea] = part.place } }
    return [
      CoverageTable(
        title: "intents", verb: "heard",
        items: bot.intents.map {
          .init(name: $0.id, place: $0.place, uses: coverage.intents.count(of: $0.id), group: $0.group)
        }),
      // A state that others lie in is no state to be in by itself, the start apart.
      CoverageTable(
        title: "states", verb: "entered",
        items: bot.machine.states.filter { !composites.contains($0.id) }.map {
          .init(name: $0.id, place: $0.place, uses: coverage.states.count(of: $0.id), group: $0.parent ?? "")
        }),
      CoverageTable(
        title: "transitions", verb: "taken",
        items: bot.machine.allTransitions.map { id, transition in
          let target = transition.target.map { " \u{2192} \($0)" } ?? ""
          return .init(
            name: dialogue.label(transition) + target, place: transition.place,
            uses: coverage.transitions.count(of: id), group: Self.owner(id.list))
        }),
      CoverageTable(
        title: "wordings", verb: "said",
        items: bot.wordings.map {
          .init(
            name: $0.part.text, place: $0.part.place, uses: coverage.wordings.count(of: $0.part.id), group: $0.owner)
        }),
      CoverageTable(
        title: "ideas", verb: "drawn on",
        items: bot.ideas.map {
          .init(
            name: "\($0.id) \($0.text)", place: places[$0.id] ?? "", uses: coverage.ideas.count(of: $0.id), group: "")
        }),
    ]
  }

  private static func owner(_ list: TransitionID.List) -> String {
    switch list {
    case .interrupts: "in any state"
    case .interruptsOf(let id): "\(id), before its states"
    case .state(let id): id
    }
  }
}
