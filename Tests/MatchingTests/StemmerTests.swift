import Testing

@testable import Matching

@Suite struct StemmerTests {
  /// Words and stems of the published sample vocabulary.
  @Test(arguments: [
    ("asking", "ask"), ("asked", "ask"), ("helpless", "helpless"), ("helping", "help"), ("consistency", "consist"),
    ("consolations", "consol"), ("knightly", "knight"), ("knots", "knot"), ("generously", "generous"),
    ("communism", "communism"), ("hopping", "hop"), ("hoped", "hope"), ("dying", "die"), ("news", "news"),
    ("ties", "tie"), ("cries", "cri"), ("gas", "gas"), ("kiwis", "kiwi"), ("agreed", "agre"), ("by", "by"),
    ("say", "say"), ("happily", "happili"), ("relational", "relat"), ("sky", "sky"), ("exceed", "exceed"),
  ])
  func stemsAsPublished(_ word: String, _ stem: String) {
    #expect(Stemmer.stem(word) == stem)
  }

  @Test func leavesForeignLettersAlone() {
    #expect(Stemmer.stem("straße") == "straße")
    #expect(Stemmer.stem("") == "")
  }
}
