import Graphs
import Transcripts

extension ReportPage {
  /// The figures with their goals, each conversation by itself, and the replies that miss a goal.
  mutating func talk() -> Markup {
    guard figures.turns > 0 else { return "<p>No transcript was given, so nothing was said.</p>\n" }
    let details = ["by-talk", "by-talk", "by-talk", "too-long", "by-talk", "phrases", "repetitions"]
    let counts: Set<Int> = [3, 5, 6]
    let goals = figures.goals.enumerated().map { i, goal -> [Markup] in
      let value =
        counts.contains(i)
        ? "\(Int(goal.value ?? 0))" : i == 2 ? Markup.number(goal.value) : Self.hundredths(goal.value)
      let met: Markup =
        switch goal.isMet {
        case true: "<span class=\"good\">met</span>"
        case false: "<span class=\"bad\">missed</span>"
        default: "nothing to count"
        }
      return ["\(goal.name)", "<a href=\"#\(details[i])\">\(value)</a>", "\(goal.experts)", "\(goal.goal)", met]
    }
    var body = Self.table(["figure", "here", "experts", "goal", ""], goals, numbers: [1, 2])
    body += """
      <p class="soft">Counted by the kind that each sentence is declared as, over all replies of the \
      \(talks.count) transcripts that have them in words, openings included; an offer is neither question nor reflection. \
      Experts: 110 good sessions of AnnoMI.</p>

      """
    body += replayed()
    body += Self.details("Each conversation by itself", byConversation(), id: "by-talk")
    body += missed()
    return body
  }

  private mutating func replayed() -> Markup {
    let differing = conversations.filter { !$0.differences.isEmpty }
    guard !differing.isEmpty else { return "<p>Every transcript replays as it was saved.</p>\n" }
    var items: [Markup] = []
    for conversation in differing {
      for difference in conversation.differences {
        let place = lines.link("\(conversation.file):\(difference.line)")
        items.append(
          "<li>\(place) \(difference.subject.name): <del>\(difference.expected)</del> <ins>\(difference.found)</ins></li>\n"
        )
      }
    }
    return Self.details(
      "<span class=\"bad\">\(differing.count)</span> of \(conversations.count) transcripts go otherwise now",
      "<ul>\n\(items)</ul>\n")
  }

  private mutating func byConversation() -> Markup {
    var rows: [[Markup]] = []
    for conversation in talks {
      let own = Figures([conversation.turns], repeating: bot.machine.repeatingIntents)
      rows.append([
        lines.link(
          "\(conversation.title.isEmpty ? conversation.file : conversation.title)", to: "\(conversation.file):1"),
        "\(own.turns)", "\(own.reflections)", "\(own.questions)", "\(Self.hundredths(own.reflectionsPerQuestion))",
        "\(Self.hundredths(own.complexAmongReflections))", "\(Self.hundredths(own.openAmongQuestions))",
        "\(Markup.number(own.medianWords))", "\(own.longest?.count ?? 0)",
      ])
    }
    return Self.table(
      ["conversation", "replies", "reflections", "questions", "per question", "complex", "open", "words", "most"], rows,
      numbers: [1, 2, 3, 4, 5, 6, 7, 8])
  }

  /// The replies that miss a goal, a list for each.
  private mutating func missed() -> Markup {
    var long: [Markup] = []
    for (count, place) in figures.tooLong.sorted(by: { ($1.count, $0.place) < ($0.count, $1.place) }) {
      long.append("<li>\(link("\(count) words", to: place)) \(reply(place))</li>\n")
    }
    var phrases: [Markup] = []
    for finding in figures.findings {
      phrases.append(
        "<li>\(finding.kind.rawValue), “\(finding.phrase)”: \(finding.sentence) \(link(finding.place))</li>\n")
    }
    var repeated: [Markup] = []
    for repetition in figures.repetitions {
      repeated.append(
        "<li>\(repetition.sentence) \(link(repetition.first)), again \(link(repetition.again))</li>\n")
    }
    var unheard: [Markup] = []
    for place in figures.unheard {
      unheard.append("<li>\(talks[place.conversation].turns[place.turn].you) \(link(place))</li>\n")
    }
    func list(_ summary: Markup, _ items: [Markup], _ id: String) -> Markup {
      Self.details("\(summary): \(items.count)", items.isEmpty ? "<p>None.</p>\n" : "<ul>\n\(items)</ul>\n", id: id)
    }
    return list("Replies over \(Figures.mostWords) words", long, "too-long")
      + list("Words to look at", phrases, "phrases")
      + list("Sentences said again within \(Figures.restBeforeReuse) turns", repeated, "repetitions")
      + list("Lines in which nothing was heard", unheard, "unheard")
  }

  private func reply(_ place: Figures.Place) -> String {
    talks[place.conversation].turns[place.turn].reply
  }
}

extension Markup {
  /// A number with one digit after the point where it needs one.
  static func number(_ value: Double?) -> String {
    guard let value else { return "none" }
    return ("\(value)" as Markup).text
  }
}
