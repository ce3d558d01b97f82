import Testing

@testable import Matching

@Suite struct PatternTests {
  @Test(arguments: [
    ("ask for help", "I asked for help", true),
    ("ask for help", "I asked my boss for help", false),
    ("=asked for help", "I ask for help", false),
    ("=asked for help", "I asked for help", true),
    ("(hate | fear) asking", "I hate asking", true),
    ("(hate | fear) asking", "I love asking", false),
    ("ask [for] help", "ask help", true),
    ("ask ... help", "ask my very old friend for help", true),
    ("ask ...2 help", "ask my very old friend for help", false),
    ("boss & ~help", "support from my boss", true),
    ("boss & !deadline", "my boss and the deadline", false),
    ("need ~help", "I need a hand", true),
    ("my ~family", "my sister knows", true),
    ("not trust", "I don't really trust them", true),
    ("not trust", "I never trusted anyone", true),
    ("trust people", "I don't trust people", false),
    ("trust people", "I trust people", true),
    ("trust people", "not today, but I trust people", true),
    ("nobody help", "nobody helps", true),
    ("work | home", "at home", true),
    ("carry <alone>", "I carry it by myself", false),
    ("carry it <alone>", "I carry it by myself", true),
    ("carry & !<alone>", "I carry it by myself", false),
    ("carry & !<alone>", "I carry it with her", true),
  ])
  func hearsAsDocumented(_ pattern: String, _ text: String, _ expected: Bool) {
    #expect(Small.hears(pattern, text) == expected)
  }

  @Test func aGapDoesNotCrossTheEndOfASentence() {
    #expect(Small.hears("ask ... help", "I ask. You help.") == false)
    #expect(Small.hears("ask ... help", "I ask you to help."))
  }

  @Test func aWholePatternHearsTheWholeLineOnly() {
    #expect(Small.hears("yes [please]", "Yes, please!", whole: true))
    #expect(Small.hears("yes [please]", "Yes. Please.", whole: true))
    #expect(!Small.hears("yes [please]", "yes please help", whole: true))
  }

  @Test func capturesTheWordsAsTheyWereWritten() {
    let matcher = Small.matcher(["carry {what} alone", "my {who:~family} knows"])
    func captured(_ name: String, in text: String) -> String? {
      var workspace = matcher.makeWorkspace()
      let hearing = matcher.hear(text, workspace: &workspace)
      return matcher.capture(name, in: hearing, workspace: &workspace)
    }
    #expect(captured("what", in: "I carry The Whole House alone") == "The Whole House")
    #expect(captured("who", in: "well, my brother knows") == "brother")
    #expect(captured("who", in: "I carry it alone") == nil)
  }

  @Test(arguments: [
    "(a | b", "a )", "", "...", "[a]", "{", "{: a}", "~", "a ..", "Ask", "!a", "a & ", "a ...99", "(a | )", "=",
    "a ? b", "<", "<alone", "<>", "<nobody>", "a>", "\u{611}herapy",
  ])
  func refusesWithAPlaceAndAMend(_ text: String) {
    #expect {
      _ = try PatternParser.parse(text, language: Small.language)
    } throws: { error in
      guard let error = error as? PatternError else { return false }
      return !error.message.isEmpty && !error.mend.isEmpty && error.offset <= text.count
    }
  }

  @Test(arguments: [
    "ask for help", "(hate | fear) ...2 ask", "a [b | c] d", "{who:~family | friend} & !boss", "carry {what} alone",
    "not trust", "=asked ...", "~help & work",
  ])
  func printsWhatItParsed(_ text: String) throws {
    let rule = try PatternParser.parse(text, language: Small.language)
    #expect(rule.description == text)
    #expect(try PatternParser.parse(rule.description, language: Small.language) == rule)
  }

  @Test func everyPatternCostsLinearTime() {
    // Nested optional gaps make backtracking engines exponential; here steps only add up.
    let pattern = (0..<12).map { _ in "[a ...30]" }.joined(separator: " ") + " b"
    let matcher = Small.matcher([pattern])
    let text = String(repeating: "a ", count: 20_000)
    #expect(matcher.hear(text).candidates.allSatisfy { $0.patterns == 0 })
    #expect(matcher.hear(text + "b").candidates.contains { $0.patterns > 0 } || text.utf8.count >= Normaliser.limit)
  }
}
