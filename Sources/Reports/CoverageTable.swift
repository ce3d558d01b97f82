import Dialogue
import Transcripts

/// One kind of thing that transcripts can cover: each with its place and how often it was met.
struct CoverageTable: Sendable {
  struct Item: Sendable {
    var name: String
    var place: String
    var uses: Int
    /// Under which items are gathered in the list of what is missing: a folder, a state.
    var group: String
  }

  var title: String
  /// What is counted: "heard", "entered".
  var verb: String
  var items: [Item]

  var covered: Int { items.count { $0.uses > 0 } }
  var missing: [Item] { items.filter { $0.uses == 0 } }
  /// From 0 to 1; 1 where there is nothing to cover.
  var share: Double { items.isEmpty ? 1 : Double(covered) / Double(items.count) }
}

extension Bot {
  /// Every wording, in the order of the files, by the intent or state that says it.
  var wordings: [(owner: String, part: Part)] {
    var all: [(String, Part)] = []
    for intent in intents { all += intent.sections.flatMap(\.parts).map { (intent.id, $0) } }
    for state in machine.states {
      all += state.entry.map { (state.id, $0) }
      all += (state.interrupts + state.transitions).flatMap(\.says).map { (state.id, $0) }
    }
    all += machine.interrupts.flatMap(\.says).map { ("any state", $0) }
    all += script.allParts.map { ("dialogue", $0) }
    return all
  }

  /// Every idea of the sources.
  var ideas: [(id: String, text: String)] { sources.flatMap(\.ideas) }
}
