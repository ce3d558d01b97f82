/// What a matcher is compiled from: the language and, for every intent, what it hears.
public struct MatcherSource: Sendable {
  public var language: Language
  public var intents: [IntentRules]
  /// Lines in which somebody chose a part: by them it is learned which part of a line matters most.
  public var choices = Choices()

  public init(language: Language, intents: [IntentRules]) {
    self.language = language
    self.intents = intents
  }

  /// Lines, the part that was chosen of each, and what divides a line into parts.
  public struct Choices: Sendable {
    public var lines: [(text: String, chosen: String?)] = []
    /// What `divide` goes by: where it is the same, so are the parts.
    public var rules = ""
    public var divide: @Sendable (_ line: String, _ chosen: String?) -> [Piece] = { _, _ in [] }

    public init() {}
  }

  /// A part of a line.
  public struct Piece: Sendable, Equatable {
    public var text: String
    /// Where in its line it stands, and the like, as numbers of the caller's choice.
    public var traits: [Int]
    /// Somebody chose it out of all the parts.
    public var isChosen: Bool

    public init(text: String, traits: [Int], isChosen: Bool = false) {
      self.text = text
      self.traits = traits
      self.isChosen = isChosen
    }
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
  public var standing = Standing.rival
  /// Patterns that show a higher level of danger than the intent itself.
  public var riskPatterns: [(PatternRule, Risk)] = []
  /// Patterns that hint at danger: they count unless the utterance is unlike all examples of it.
  public var riskHints: [(PatternRule, Risk)] = []
  /// Patterns of talk that sounds like danger and is none.
  public var harmless: [PatternRule] = []

  public init(id: String) { self.id = id }

  /// Takes no part in the choice between intents: it is heard beside the one that is chosen, where a dialogue waits
  /// for it.
  public var isContextual: Bool { standing != .rival }

  /// How an intent is chosen.
  public enum Standing: Int, Sendable, CaseIterable {
    /// Against all other rivals, by all evidence.
    case rival
    /// By its patterns alone, whatever else is heard.
    case contextual
    /// By its patterns, and by being the likeliest of all moves: what somebody does by saying something, whatever it
    /// is about. Its examples are no danger, and teach what danger is not.
    case move
    /// By being the likeliest of all of these, where a dialogue looks for what to ask about a line.
    case ask
  }
}
