import Testing

@testable import Matching

@Suite struct NormaliserTests {
  private let matcher = Small.matcher(
    [], words: ["help", "asking", "alone", "suicide", "kill", "crying", "café", "i", "be", "so", "tired", "my", "self"])

  private func words(_ text: String) -> [String] {
    matcher.normaliser.read(text).tokens.map { $0.lemma >= 0 ? matcher.normaliser.vocabulary.name(Int($0.lemma)) : "?" }
  }

  @Test(arguments: [
    ("are you there?", true), ("I am here.", false), ("he said \"are you there?\" and left", false),
    ("she went “why?” at me", false), ("they wrote 'you ok?' twice", false), ("they wrote ‘you ok?’ twice", false),
    ("they wrote ’you ok?’ twice", false), ("'cause why not?", true),
    ("\"am I tired? I ask", true), ("he said \"no\" did he?", true), ("my friends' question?", true),
  ])
  func aQuestionInQuotationMarksIsSomebodyElses(_ text: String, _ asks: Bool) {
    #expect(matcher.normaliser.read(text).asks == asks)
  }

  @Test(arguments: [
    ("I'm ALONE", ["i", "be", "alone"]),
    ("i’m alone", ["i", "be", "alone"]),
    ("sooooo tired", ["so", "tired"]),
    ("tierd", ["tired"]),
    ("asknig helpp", ["asking", "help"]),
    ("su1c1de", ["suicide"]),
    ("k i l l", ["kill"]),
    ("s.u.i.c.i.d.e", ["suicide"]),
    ("k*ll", ["kill"]),
    ("😭", ["crying"]),
    ("ＨＥＬＰ", ["help"]),
    ("cafe\u{301}", ["cafe"]),
    ("CAFÉ", ["cafe"]),
    ("myself", ["my", "self"]),
  ])
  func reads(_ text: String, _ expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test func aRealWordIsNeverCorrected() {
    #expect(words("heap") == ["?"])
    #expect(words("bicycle") == ["?"])
  }

  @Test func knowsWhereEachWordStands() {
    let utterance = matcher.normaliser.read("  Help, I'm alone")
    #expect(utterance.text(of: 0..<1) == "Help")
    #expect(utterance.text(of: 1..<4) == "I'm alone")
  }

  @Test(arguments: ["", " ", "\u{0}\u{1}\u{1b}[31m", "\u{fffd}", "🧑‍🧑‍🧒", "''''", "!?!?", "\u{202e}evil"])
  func survives(_ text: String) {
    _ = matcher.hear(text)
  }

  @Test func readsOnlyTheBeginningOfAVeryLongText() {
    let utterance = matcher.normaliser.read(String(repeating: "help ", count: 100_000))
    #expect(utterance.truncated)
    #expect(utterance.tokens.count <= Normaliser.limit)
  }

  @Test func caseFormAndSpaceDoNotMatter() {
    let plain = matcher.hear("I am so tired, help")
    let other = matcher.hear("\t  i AM   SO TIRED,   hélp ")
    #expect(plain.utterance.tokens.map(\.lemma) == other.utterance.tokens.map(\.lemma))
  }
}
