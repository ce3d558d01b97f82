import Dialogue
import IntentFiles
import Testing

/// The person's own words, said back.
@Suite struct SaidBackTests {
  private static let dialogue =
    Folder.dialogue.replacing(#"["You said {said}.", I did not get that., And that neither.]"#, with: "[\"{said}.\"]")
      + """

      openers: [well, "no", so, but, and]
      closers: [i guess, though]
      joins: [but, because]
      dependent: [when, if, like]
      subjects: [my]
      verbs: [fed, made]
      unfinished: [for]
      unsaid: [you, pills]
      questions: { how do i: how to, how do i even: how to, what if: what happens if, am i: whether you are }
      unanswered: { simple-reflection: ["So it is about {asked}."] }
      """

  private func reply(_ line: String) throws -> String {
    let bot = try #require(Folder.bot(["dialogue.yaml": Self.dialogue]))
    var talk = Conversation(bot: bot, seed: 1)
    _ = talk.open()
    return talk.hear(line).reply
  }

  @Test(arguments: [
    ("well, the cows are in", "The cows are in."),
    ("the cows are in though", "The cows are in."),
    // Where nothing was learned: of several sentences one that speaks of the person, and the last.
    ("I fed my cows. The barn is full.", "You fed your cows."),
    ("The barn is full. The hay is dry.", "The hay is dry."),
    ("The cows, my hay and me, all wet.", "The cows, your hay and you, all wet."),
    // A long sentence is divided.
    (
      "the cows were out on the far field until half past nine but nobody in the house had seen them",
      "Nobody in the house had seen them."
    ),
    // And at its commas, where that is not enough.
    (
      "the cows were out on the far field until half past nine, my hay was wet, so were the two dogs of the house",
      "Your hay was wet."
    ),
    // Two words are enough.
    ("The hay is in. I'm tired.", "I'm tired."),
    // "No" opens a sentence where a mark or a person follows.
    ("No hay was in the barn.", "No hay was in the barn."),
    ("No, the hay was in the barn.", "The hay was in the barn."),
    ("no i fed my cows", "You fed your cows."),
    // Where "I" was left out it is put back, unless it was somebody else who did it.
    ("The barn is full. Fed my cows.", "You fed your cows."),
    ("The barn is full. Made me smile.", "The barn is full."),
    // What stands in brackets is said beside it.
    ("The barn (which is red) is full.", "The barn is full."),
    // A part of another sentence does not stand alone, nor does what was said, nor what is not finished.
    ("The barn is full. What I fed my cows for.", "The barn is full."),
    ("The barn is full. When I fed my cows.", "The barn is full."),
    ("The barn is full. \"I fed my cows\" was all.", "The barn is full."),
    // What holds a word that is not said back is left out.
    ("The barn is full. I like you.", "The barn is full."),
    // A question in quotation marks is somebody else's.
    ("He said \"is the hay in?\" to them. The barn is full.", "The barn is full."),
    ("she asked 'is it in?' and the barn was full. My cows are in.", "Your cows are in."),
  ])
  func aClauseIsSaidBack(_ line: String, _ expected: String) throws { #expect(try reply(line) == expected) }

  /// Which part is said back, and what is asked, is learned from lines in which they are marked.
  @Test func whatIsSaidBackIsLearned() throws {
    let barn = ["red", "old", "cold", "wide", "low", "dark"].map {
      "    - I fed my cows, [the barn is \($0)], the hay is in"
    }
    let hay = ["dry", "gone", "sold", "wet", "high", "short"].map { "    - my hay is \($0), the barn is shut" }
    let asks = """
      ask-barn:
        about: the barn
        in-context: ask
        hears:
          examples:
      \(barn.map { "  " + $0 }.joined(separator: "\n"))
        says:
          home:
            open-question: [What about the barn?]
      ask-nothing:
        about: nothing is asked
        in-context: ask
        hears:
          examples:
      \(hay.map { "  " + $0 }.joined(separator: "\n"))
      """
    let dialogue = Self.dialogue.replacing("{ talk: [\"{said}.\"] }", with: "{ simple-reflection: [\"{said}.\"] }")
    let bot = try #require(Folder.bot(["dialogue.yaml": dialogue, "asks/asks.yaml": asks]))
    func reply(_ line: String) -> String {
      var talk = Conversation(bot: bot, seed: 1)
      _ = talk.open()
      return talk.hear(line).reply
    }
    #expect(reply("I fed my cows, the barn is red, the hay is in") == "The barn is red. What about the barn?")
    #expect(!reply("my hay is gone, the barn is shut").contains("What about"))
  }

  @Test(arguments: ["the [barn", "the barn]", "[a] and [b]", "]a[", "the [] barn"])
  func aMarkThatIsNoPairIsAnError(_ line: String) {
    let asks = "ask-barn:\n  about: the barn\n  in-context: ask\n  hears:\n    examples:\n      - \"\(line)\"\n"
    let found = BotLoader.load(Folder.files(["dialogue.yaml": Self.dialogue, "asks/asks.yaml": asks])).diagnostics
    #expect(found.contains { $0.line == 6 && $0.message.contains("one pair of brackets") })
  }

  @Test(arguments: [
    ("how do I milk my cows?", "So it is about how to milk your cows."),
    ("how do i even milk them", "So it is about how to milk them."),
    ("The barn is full. So what if they kick me?", "So it is about what happens if they kick you."),
    ("last try: am I too slow?", "So it is about whether you are too slow."),
  ])
  func aQuestionIsSaidBack(_ line: String, _ expected: String) throws { #expect(try reply(line) == expected) }

  @Test func whatIsNotSaidBackIsNotSaidBackBehindAnOpenerEither() throws {
    #expect(try !reply("well no, the pills are in the red barn by the mill gate").contains("pills"))
  }

  @Test(arguments: [
    "how do I?", "how do I like you?", "is the hay in?", "The barn is full. Is the hay in?", "how do I take pills?",
  ])
  func otherQuestionsAreNot(_ line: String) throws {
    let said = try reply(line)
    #expect(!said.contains("So it is about") && !said.contains("hay"), "\(said)")
  }
}
