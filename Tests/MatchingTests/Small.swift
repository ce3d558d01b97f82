@testable import Matching

/// A small matcher for tests.
enum Small {
  static var language: Language {
    var language = Language()
    language.expansions = [
      "don't": ["do", "not"], "dont": ["do", "not"], "can't": ["can", "not"], "cant": ["can", "not"],
      "i'm": ["i", "am"], "idk": ["i", "do", "not", "know"],
    ]
    language.irregular = ["am": "be", "is": "be", "was": "be", "went": "go", "me": "i", "felt": "feel"]
    language.negators = ["not", "never"]
    language.absences = ["nobody", "without"]
    language.clauseStarters = ["but"]
    language.classes = [
      "help": [.words(["help"]), .words(["a", "hand"]), .words(["support"])],
      "sister": [.words(["sister"])],
      "family": [.subclass("sister"), .words(["brother"])],
    ]
    language.emoji = ["😭": "crying"]
    language.phrases = ["alone": .alternatives([.word("alone"), .sequence([.word("by"), .word("myself")])])]
    language.lexicon = ["heap", "bicycle"]
    return language
  }

  static func rule(_ text: String, whole: Bool = false) -> PatternRule? {
    try? PatternParser.parse(text, whole: whole, language: language)
  }

  static func matcher(
    _ patterns: [String], whole: Bool = false, examples: [String: [String]] = [:], words: [String] = []
  ) -> Matcher {
    var intents = patterns.enumerated().map { i, text in
      var rules = IntentRules(id: "p\(i)")
      rules.patterns = [rule(text, whole: whole)].compactMap { $0 }
      return rules
    }
    for (id, texts) in examples.sorted(by: { $0.key < $1.key }) {
      var rules = IntentRules(id: id)
      rules.examples = texts
      intents.append(rules)
    }
    var known = IntentRules(id: "words")
    known.keywords = words.map { (.word($0), 1) }
    intents.append(known)
    var reader = CompiledReader(
      CompiledBytes(MatcherCompiler(MatcherSource(language: language, intents: intents)).compile()))
    return Matcher(&reader)
  }

  /// Whether the pattern hears something in the text.
  static func hears(_ pattern: String, _ text: String, whole: Bool = false) -> Bool {
    !intents(of: matcher([pattern], whole: whole), in: text).isEmpty
  }

  /// The intents of which a pattern hears something in the text.
  static func intents(of matcher: Matcher, in text: String) -> [Int] {
    var workspace = matcher.makeWorkspace()
    return matcher.intentsOfPatterns(in: text, workspace: &workspace)
  }
}
