import Dialogue
import Testing

@testable import Transcripts

@Suite struct ReplayTests {
  private func replay(_ text: String, _ bot: Bot? = Small.bot()) throws -> (Transcript, Replay) {
    let transcript = try TranscriptParser.parse(text)
    return (transcript, Replay.run(transcript, with: try #require(bot)))
  }

  /// The answer to "I never ask for help" with one expectation.
  private func differences(expecting expectation: String) throws -> [Replay.Difference] {
    try replay("drawbridge transcript 1\n\nyou> I never ask for help\n  = \(expectation)\n").1.differences
  }

  @Test func whatHoldsDoesNotDiffer() throws {
    #expect(try replay(Small.transcript).1.differences == [])
  }

  @Test(arguments: [
    "intent: asking", "state: asked", "risk: none", "kind: none", "part: question", "part: open-question",
    "part: reflection", "no-part: offer", "no-part: closed-question", "parts: simple-reflection, open-question",
    "parts: reflection, question", "idea: 000.1", "source: 000", "says: asking IS hard", "says: hard, what happens",
    "not-says: hard what then", "not-says: ask", "pattern: asking ... then",
    "pattern: (asking | giving) is [very] hard",
    "pattern: asking _ hard", "one-of: Asking is hard. What happens then?",
  ])
  func expectationsThatHold(_ expectation: String) throws {
    #expect(try differences(expecting: expectation) == [])
  }

  @Test(arguments: [
    ("intent: tired", "asking"), ("intent: none", "asking"), ("state: home", "asked"), ("risk: active", "none"),
    ("kind: abuse", "none"), ("part: offer", "simple-reflection, open-question"),
    ("no-part: question", "simple-reflection, open-question"),
    ("parts: open-question", "simple-reflection, open-question"),
    ("parts: question, reflection", "simple-reflection, open-question"), ("idea: 000.2", "000.1"),
    ("source: 001", "000"),
    ("says: ask is", "Asking is hard. What happens then?"), ("not-says: is hard", "Asking is hard. What happens then?"),
    ("pattern: asking _ _ hard", "Asking is hard. What happens then?"),
    ("one-of: Asking is hard.", "Asking is hard. What happens then?"),
  ])
  func expectationsThatDoNot(_ expectation: String, _ found: String) throws {
    let all = try differences(expecting: expectation)
    #expect(all.count == 1)
    #expect(all.first?.found == found)
    #expect(all.first?.line == 4)
    #expect(all.first?.turn == 1)
  }

  @Test func oneOfSeveralWordingsIsEnough() throws {
    let text =
      "drawbridge transcript 1\n\nyou> I never ask for help\n  = one-of: No.\n  = one-of: Asking is hard. What happens then?\n"
    #expect(try replay(text).1.differences == [])
  }

  @Test func aStructureSurvivesAChangeOfWording() throws {
    let bot = try #require(Small.bot())
    var conversation = Conversation(bot: bot)
    var text = TranscriptText.header(.init()) + TranscriptText.turn(conversation.open(), .structure)
    for line in ["I never ask for help", "so tired", "xyzzy"] {
      text += TranscriptText.turn(conversation.hear(line), .structure)
    }
    #expect(!text.contains("bot>"))
    #expect(try replay(text).1.differences == [])
    #expect(try replay(text, Small.bot(reflection: "No hand was free.")).1.differences == [])
    let other = text.replacing("parts: simple-reflection, open-question", with: "parts: simple-reflection")
    #expect(try replay(other).1.differences.map(\.subject.name) == ["parts"])
  }

  @Test func theTranscriptOfAnotherBotIsRefused() throws {
    let bot = try #require(Small.bot())
    let transcript = try TranscriptParser.parse("drawbridge transcript 1\nbot: Large\n\nyou> a\n")
    let refusal = Replay.refusal(of: transcript, with: bot)
    #expect(refusal?.line == 2)
    #expect(refusal?.message == "this conversation was held with the bot 'Large', not with 'Small'")
    #expect(Replay.refusal(of: try TranscriptParser.parse(Small.transcript), with: bot) == nil)
  }

  // MARK: Causes

  @Test func transcriptsAreGroupedByTheTurnInWhichTheyPart() throws {
    let bot = Small.bot(reflection: "No hand was free.")
    var causes = Causes()
    for (name, text) in [
      ("a", Small.transcript), ("b", Small.transcript),
      ("c", "drawbridge transcript 1\n\nbot> Good day.\n\nyou> I never ask for help\nbot> x\n"),
      ("d", "drawbridge transcript 1\n\nyou> so tired\n  = intent: asking\n"),
      ("e", "drawbridge transcript 1\n\nyou> so tired\n  = state: asked\n"),
    ] {
      causes.add(Cause.all(of: try replay(text, bot).1, in: WordingOwners(try #require(bot))), in: name)
    }
    #expect(
      causes.lines(mostWordings: 2) == [
        "1 transcript: `asking` is heard as `tired` (d)",
        "1 transcript: after `tired` the state is `home` in place of `asked` (e)",
        "3 transcripts: wording of `asking` changed (first a)",
        "1 transcript: the opening changed (c)",
      ])
  }

  @Test func aChangeOfRiskIsNeverHiddenByOneOfWords() throws {
    let bot = Small.bot()
    let text = "drawbridge transcript 1\n\nbot> x\n\nyou> so tired\n  = risk: active\n"
    let replay = try replay(text, bot).1
    let causes = Cause.all(of: replay, in: WordingOwners(try #require(bot)))
    #expect(causes == [.risk(expected: "active", found: "none"), .wording(of: .opening)])
    #expect(replay.parting == 1)
  }

  // MARK: Updating

  private func updated(_ text: String, _ bot: Bot?) throws -> TranscriptUpdate {
    let (transcript, replay) = try replay(text, bot)
    return TranscriptUpdate(Array(text.utf8), transcript, replay, accepting: replay.differences)
  }

  @Test func anUpdateChangesOnlyTheLinesThatDiffer() throws {
    let text = try updated(Small.transcript, Small.bot(reflection: "No hand was free."))
    let expected = Small.transcript.replacing("Asking is hard.", with: "No hand was free.")
    #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    #expect(text.settled == 1)
  }

  @Test func anUpdateKeepsLineEndingsAndComments() throws {
    let text =
      "\u{feff}drawbridge transcript 1\r\n\r\nyou> so tired\r\nbot> Old\r\n# why\r\nbot> words.\r\n  = intent: asking\n# last"
    let update = try updated(text, Small.bot())
    #expect(
      String(decoding: update.bytes, as: UTF8.self)
        == "\u{feff}drawbridge transcript 1\r\n\r\nyou> so tired\r\n# why\r\nbot> It wears you out.\r\n  = intent: tired\n# last"
    )
    let again = try replay(String(decoding: update.bytes, as: UTF8.self)).1
    #expect(again.differences == [])
  }

  @Test func whatNoValueSettlesIsLeftToAPerson() throws {
    let text = "drawbridge transcript 1\n\nyou> so tired\n  = says: hello\n  = state: asked\n  = one-of: Hi.\n"
    let update = try updated(text, Small.bot())
    #expect(update.left.map(\.subject.name) == ["says"])
    #expect(
      String(decoding: update.bytes, as: UTF8.self)
        == "drawbridge transcript 1\n\nyou> so tired\n  = says: hello\n  = state: home\n  = one-of: It wears you out.\n  = one-of: Hi.\n"
    )
  }

  // MARK: Words

  @Test func wordsThatChangedAreToldApartWithinALine() {
    let difference = WordDifference(from: "You have to ask me now.", to: "You may ask me again now.")
    #expect(
      difference.pieces == [
        .same("You"), .removed("have to"), .added("may"), .same("ask me"), .added("again"), .same("now."),
      ])
    #expect(WordDifference(from: "a b", to: "a b").likeness == 1)
    #expect(WordDifference(from: "a b", to: "c d").likeness == 0)
    #expect(WordDifference(from: "", to: "c").pieces == [.added("c")])
  }

  @Test(arguments: [
    ("a ... b", "a b", true), ("a ... b", "x a y y b z", true), ("a _ b", "a b", false), ("[a b] c", "c", true),
    ("(a | b c) d", "b c d", true), ("(a | b c) d", "b d", false), ("don't", "Don’t!", true), ("A", "a.", true),
    ("a [...] b", "a x b", true), ("((a | b) | c) d", "b d", true), ("a", "ab", false),
  ])
  func patternsOverWords(_ pattern: String, _ text: String, _ matches: Bool) throws {
    #expect(try WordPattern(pattern).matches(text) == matches)
  }

  @Test func noPatternIsSlow() throws {
    let pattern = try WordPattern(String(repeating: "... a ", count: 200) + "b")
    #expect(!pattern.matches(String(repeating: "a ", count: 2000)))
  }

  // MARK: Coverage

  @Test func coverageCountsWhatAConversationReaches() throws {
    let bot = try #require(Small.bot())
    let replay = try replay(Small.transcript, bot).1
    var coverage = Coverage(of: bot, by: [replay.turns])
    #expect(coverage.intents.uncovered == ["tired"])
    #expect(coverage.states.uncovered == ["never"])
    #expect(coverage.states.count(of: "asked") == 1)
    #expect(coverage.ideas.uncovered == ["000.2", "000.3"])
    #expect(coverage.transitions.uncovered == [])
    #expect(coverage.transitions.count(of: TransitionID(.state("home"), 0)) == 1)
    #expect(coverage.edges[Coverage.Edge(from: "home", to: "asked")] == 1)
    #expect(coverage.wordings.items.count == 7)
    #expect(coverage.wordings.covered == 4)
    let once = coverage.intents.count(of: "asking")
    coverage.add(Coverage(of: bot, by: [replay.turns]))
    #expect(coverage.conversations == 2)
    #expect(coverage.turns == 6)
    #expect(once > 0 && coverage.intents.count(of: "asking") == 2 * once)
    #expect(coverage.intents.share == 0.5)
  }
}
