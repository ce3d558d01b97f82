/// What a matcher is compiled from: the language and, for every intent, what it hears.
public struct MatcherSource: Sendable {
  public var language: Language
  public var intents: [IntentRules]

  public init(language: Language, intents: [IntentRules]) {
    self.language = language
    self.intents = intents
  }
}

/// What one intent hears.
public struct IntentRules: Sendable {
  public var id: String
  public var patterns: [PatternRule] = []
  /// Words or classes that count towards the intent, 1 to 3.
  public var keywords: [(Pattern, Int)] = []
  /// Utterances that are this intent.
  public var examples: [String] = []
  /// Whoever says this may be in danger: of what kind, and how much.
  public var risk: Risk = .none
  /// Heard by its patterns alone, and only where a dialogue waits for it: it takes no part in the choice between
  /// intents.
  public var isContextual = false
  /// Its examples are no danger, whatever they are about: from them it is learned what danger is not.
  public var isOrdinary = false
  /// Patterns that show a higher level of danger than the intent itself.
  public var riskPatterns: [(PatternRule, Risk)] = []
  /// Patterns that hint at danger: they count unless the utterance is unlike all examples of it.
  public var riskHints: [(PatternRule, Risk)] = []
  /// Patterns of talk that sounds like danger and is none.
  public var harmless: [PatternRule] = []

  public init(id: String) { self.id = id }
}
