import Dialogue
import Graphs

extension ReportPage {
  /// The wordings that are said most often, the longest, and those that stand in the files twice.
  mutating func wordings() -> Markup {
    let all = bot.wordings
    func said(_ part: Part) -> Int { coverage.wordings.count(of: part.id) }
    func words(_ text: String) -> Int { text.split(separator: " ").count }
    let mostSaid = all.filter { said($0.part) > 0 }.enumerated()
      .sorted { (said($1.element.part), $0.offset) < (said($0.element.part), $1.offset) }
    let longest = all.enumerated()
      .sorted { (words($1.element.part.text), $0.offset) < (words($0.element.part.text), $1.offset) }
    let twice = Dictionary(grouping: all) { $0.part.text.lowercased() }.values.filter { $0.count > 1 }
      .sorted { ($1.count, $0[0].part.place) < ($0.count, $1[0].part.place) }
    func rows(_ list: [(owner: String, part: Part)], _ number: (Part) -> Int) -> [[Markup]] {
      var rows: [[Markup]] = []
      for (owner, part) in list {
        rows.append([
          lines.link("\(number(part))", to: part.place), "\(part.text)", "\(part.kind.rawValue)", "\(owner)",
        ])
      }
      return rows
    }
    var repeated: [[Markup]] = []
    for group in twice.prefix(Self.mostWordings) {
      var places: [Markup] = []
      for wording in group.prefix(8) { places.append(lines.link(wording.part.place)) }
      repeated.append(["\(group.count)", "\(group[0].part.text)", places.joined(", ")])
    }
    return """
      <h3>Said most often</h3>
      \(Self.table(["times", "wording", "kind", "of"], rows(mostSaid.prefix(Self.mostWordings).map(\.element)) { said($0) }, numbers: [0]))
      <h3>The longest</h3>
      \(Self.table(["words", "wording", "kind", "of"], rows(longest.prefix(Self.mostWordings).map(\.element)) { words($0.text) }, numbers: [0]))
      <h3>Written more than once</h3>
      \(repeated.isEmpty ? "<p>None.</p>\n" : Self.table(["times", "wording", "places"], repeated, numbers: [0]))

      """
  }

  private static let mostWordings = 25
}
