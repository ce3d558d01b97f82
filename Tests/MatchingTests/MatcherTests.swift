import Testing

@testable import Matching

@Suite struct MatcherTests {
  private static let examples = [
    "tired": ["i am so tired", "worn out and tired", "tired of all this", "always tired at night"],
    "lonely": ["i feel alone", "nobody is here with me", "alone every evening", "so alone at home"],
    "greet": ["hello there", "hi hello", "good morning hello", "hello you"],
  ]
  private let matcher = Small.matcher([], examples: examples)

  @Test func hearsWhatIsLikeTheExamples() {
    let heard = matcher.hear("tired again at night").best
    #expect(heard.map { matcher.intentIDs[$0.intent] } == "tired")
  }

  @Test func scoresAreProbabilities() {
    let hearing = matcher.hear("hello, i feel alone")
    #expect(hearing.candidates.allSatisfy { (0...1).contains($0.score) })
    #expect(hearing.candidates.reduce(0) { $0 + $1.score } <= 1.001)
  }

  @Test func compilingTwiceGivesTheSameBytes() {
    var intents = IntentRules(id: "a")
    intents.examples = Self.examples["tired"] ?? []
    var other = IntentRules(id: "b")
    other.examples = Self.examples["lonely"] ?? []
    let source = MatcherSource(language: Small.language, intents: [intents, other])
    #expect(MatcherCompiler(source).compile() == MatcherCompiler(source).compile())
  }

  @Test func theCompiledFormIsValidText() {
    let bytes = MatcherCompiler(MatcherSource(language: Small.language, intents: [IntentRules(id: "ä")])).compile()
    #expect(String(validating: bytes, as: UTF8.self) != nil)
  }

  @Test func tellsWhatSpokeForAnIntent() {
    let hearing = matcher.hear("so tired")
    let explanation = matcher.explain(hearing)
    let best = hearing.candidates[0].intent
    #expect(explanation.evidence[best]?.contains { $0.what == "the word tired" && $0.points > 0 } == true)
  }
}

@Suite struct ArithmeticTests {
  @Test(arguments: [-20, -3.5, -1, 0, 0.5, 1, 2, 10, 40] as [Float])
  func exponentialIsCloseToTheTruth(_ x: Float) {
    let truth: [Float: Float] = [
      -20: 2.061_153_6e-9, -3.5: 0.030_197_384, -1: 0.367_879_44, 0: 1, 0.5: 1.648_721_3, 1: 2.718_281_8,
      2: 7.389_056, 10: 22_026.466, 40: 2.353_852_7e17,
    ]
    let expected = truth[x] ?? .nan
    #expect(abs(Exponential.natural(x) / expected - 1) < 1e-5)
  }

  @Test(
    arguments: [(1, 0), (2.718_281_8, 1), (10, 2.302_585), (0.5, -0.693_147_2), (12_345, 9.421_006)] as [(Float, Float)]
  )
  func logarithmIsCloseToTheTruth(_ x: Float, _ expected: Float) {
    #expect(abs(Logarithm.natural(x) - expected) < 1e-5)
  }
}
