import Dialogue
import Testing

@Suite struct ConversationTests {
  private func conversation(_ changes: [String: String?] = [:]) throws -> Conversation {
    Conversation(bot: try #require(Folder.bot(changes)), seed: 3)
  }

  @Test func reflectsAndAsks() throws {
    var talk = try conversation()
    let opening = talk.open()
    #expect(opening.reply == "Hello.")
    let turn = talk.hear("I ask nobody for help")
    #expect(turn.intent == "asking")
    #expect(turn.parts.map(\.kind) == [.simpleReflection, .openQuestion])
    #expect(turn.state == "asked")
  }

  /// After a question so many replies hold none; not one that says nothing but the person's own words.
  @Test func restsAfterAQuestion() throws {
    let lines = ["I ask nobody for help", "asking people for help", "i ask for a hand", "I ask for help again"]
    let many = ["hard", "new", "much", "work", "a risk"].map { "Asking is \($0)." }
    func asked(_ rest: Int, saying reflections: [String]) throws -> [Bool] {
      func list(_ sentences: [String]) -> String { sentences.map { "- \"\($0)\"" }.joined(separator: "\n        ") }
      let dialogue = Folder.dialogue + "\nrest-after-question: \(rest)"
      let intent = Folder.intent.replacing("- Asking is hard. [000.1]", with: list(reflections))
        .replacing("- What happens then?", with: list(["then", "now", "next", "to you"].map { "What happens \($0)?" }))
      var talk = try conversation(["dialogue.yaml": dialogue, "signs/asking.yaml": intent])
      _ = talk.open()
      return lines.map { talk.hear($0).parts.contains { $0.kind.isQuestion } }
    }
    #expect(try asked(0, saying: many) == [true, true, true, true])
    #expect(try asked(1, saying: many) == [true, false, true, false])
    #expect(try asked(2, saying: many) == [true, false, false, true])
    #expect(try asked(2, saying: ["{said}."]) == [true, true, true, true])
  }

  @Test func aSentenceAfterAQuotedOneBeginsWithACapital() throws {
    let intent = Folder.intent.replacing(
      "{ when: \"my {who:~family}\", say: \"Even {who}. [000.2]\" }",
      with: "{ when: \"my {who:~family}\", say: \"You said \\\"no.\\\" {who} heard it.\" }")
    var talk = try conversation(["signs/asking.yaml": intent])
    _ = talk.open()
    #expect(talk.hear("I never ask my sister for help").reply.hasPrefix("You said \"no.\" Sister heard it."))
  }

  /// A yes at the beginning of a line outweighs a denial further on in it, if the files say so.
  @Test func whatIsOverruledIsNotHeard() throws {
    let answers = """
      says-yes: { about: a yes, named: yes, in-context: true, hears: { whole: ["yes [...10]"] } }
      says-never: { about: a never, named: never, in-context: true, hears: { patterns: [never] } }
      """
    func states(_ rule: String) throws -> [String] {
      let waiting = """
            on:
              - { heard: noes, to: denied }
              - { heard: says-yes, to: agreed }

        """
      let dialogue = Folder.dialogue.replacing("sets: {", with: "\(rule)sets: { noes: [says-never], ")
        .replacing("    on:\n", with: waiting)
        .replacing("\ngreeting", with: "\n  denied: { in: home }\n  agreed: { in: home }\ngreeting")
      var talk = try conversation(["dialogue.yaml": dialogue, "signs/answers.yaml": answers])
      _ = talk.open()
      return ["yes, never tell them", "never"].map { talk.hear($0).state }
    }
    #expect(try states("") == ["denied", "denied"])
    #expect(try states("overrules: { says-yes: noes }\n") == ["agreed", "denied"])
  }

  /// `says: <name>` says wordings that stand elsewhere, and none of them twice, wherever they are said.
  @Test func wordingsWithANameAreSaidInSeveralPlaces() throws {
    let dialogue = Folder.dialogue.replacing("        reply: fallback", with: "        says: <so>\n        to: asked")
      .replacing("asked: { in: home }", with: "asked: { in: home, on: [{ heard: anything, says: <so> }] }")
    var talk = try conversation([
      "dialogue.yaml": dialogue, "more.yaml": "wordings: { <so>: { talk: [So., And so on.] } }\n",
    ])
    _ = talk.open()
    let said = ["the bus was late", "and then the train"].map { talk.hear($0).reply }
    #expect(Set(said) == ["So.", "And so on."])
  }

  @Test func saysCapturedWordsBackWithThePersonTurnedRound() throws {
    var talk = try conversation()
    _ = talk.open()
    let turn = talk.hear("I never ask my sister for help")
    #expect(turn.reply.hasPrefix("Even sister."))
  }

  @Test func neverReadsWhatIsTypedAsATemplate() throws {
    var talk = try conversation()
    _ = talk.open()
    let replies = ["{said} {who}", "{{{}}}", "$(rm) %s \\u{1b}"].map { talk.hear($0).reply }
    #expect(replies.allSatisfy { !$0.contains("{") && !$0.contains("}") })
  }

  @Test func doesNotRepeatASentenceWithinFortyTurns() throws {
    var talk = try conversation()
    _ = talk.open()
    var seen: [String: Int] = [:]
    for i in 0..<6 {
      for part in talk.hear("I ask for help number \(i)").parts where part.kind == .openQuestion {
        #expect(seen[part.text] == nil)
        seen[part.text] = i
      }
    }
  }

  @Test func theSameSeedAndLinesGiveTheSameTurns() throws {
    let lines = ["I ask for help", "yes", "", "no idea", "I ask my brother for a hand"]
    var one = try conversation()
    var other = try conversation()
    _ = one.open()
    _ = other.open()
    let first = lines.map { one.hear($0) }
    let second = lines.map { other.hear($0) }
    #expect(first == second)
  }

  @Test func undoTakesBackOneLine() throws {
    var talk = try conversation()
    _ = talk.open()
    let first = talk.hear("I ask for help")
    let second = talk.hear("what")
    let undone = talk.undo()
    #expect(undone)
    #expect(talk.turns.last == first)
    let again = talk.hear("what")
    #expect(again == second)
    let left = [talk.undo(), talk.undo(), talk.undo()]
    #expect(left == [true, true, false])
  }

  /// A flag that belongs to a state lasts as long as one is in it, wherever inside; the others stay.
  @Test func aStateForgetsItsFlagsWhenItIsLeft() throws {
    var talk = try conversation([
      "room.yaml": """
      interrupts:
        - { heard: asking, if: not own, set: [own, seen], to: corner }
        - { heard: asking, if: [own, not about-a], set: about-a, to: room }
        - { heard: asking, if: [own, about-a], clear: about-*, set: about-b, to: home }
      states:
        room: { forgets: own }
        corner: { in: room }
      """
    ])
    _ = talk.open()
    var counters: [[String]] = []
    for _ in 0..<3 {
      _ = talk.hear("I never ask for help")
      counters.append(["own", "seen", "about-a", "about-b"].filter { talk.memory.counters[$0] != nil })
    }
    #expect(counters == [["own", "seen"], ["own", "seen", "about-a"], ["seen", "about-b"]])
  }

  @Test func forgetsEverything() throws {
    var talk = try conversation()
    _ = talk.open()
    _ = talk.hear("I ask for help")
    talk.forget()
    #expect(talk.turns.isEmpty)
    #expect(talk.memory.topics.isEmpty && talk.memory.counters.isEmpty)
  }
}
