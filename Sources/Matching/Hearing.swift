/// What was heard in an utterance.
public struct Hearing: Sendable {
  public let utterance: Utterance
  /// The intents by probability, best first; those below one in a thousand are left out.
  public let candidates: [Candidate]
  public let risk: Risk
  /// The risk is a doubt that likeness alone raises, and faintly: one in twenty ordinary lines from the middle of a
  /// conversation does.
  public let isFaint: Bool
  /// How near it is to examples of danger, in log-odds.
  public let nearness: Float
  /// It sounds like no danger at all, and has words enough to tell.
  public var isFarFromDanger: Bool {
    risk.level == .none && utterance.tokens.count > Matcher.leastForPattern.words
      && nearness < Matcher.leastForPattern.nearness
  }
  /// It may well be danger, though it is not sure.
  public var isStrongDoubt: Bool { risk.level == .unclear && nearness >= Matcher.strong }
  /// Contextual intents of which a pattern fired.
  public let contextual: [Int]
  /// What the person does by saying it: the moves by probability, best first; those below one in a hundred are left
  /// out.
  public let moves: [Move]
  /// Word classes with a member in the utterance.
  public let classes: [Int]
  /// What was learned of its features.
  let rows: FeatureRows.Found
  /// Patterns that fired, as numbers of rules.
  let hits: [PatternMatcher.Hit]

  /// A move, or something to ask, by its likeness to examples alone.
  public struct Move: Sendable, Equatable {
    /// The intent's number in the matcher.
    public let intent: Int
    /// Its probability among all of its kind, from 0 to 1.
    public let score: Float
  }

  /// The likeliest move, if it is likely enough to count.
  public var heardMove: Int? { moves.first.flatMap { $0.score >= Matcher.moveFloor ? $0.intent : nil } }

  /// All intents that are heard beside the best one.
  public var heardInContext: [Int] {
    contextual + (heardMove.map { contextual.contains($0) ? [] : [$0] } ?? [])
  }

  /// The best intent, or nil where nothing was heard well enough. Danger that was heard is always well enough; where
  /// no evidence speaks, all intents are equally likely and none is heard.
  public var best: Candidate? {
    candidates.first.flatMap { best in
      risk.level > .unclear || best.score >= Matcher.floor && best.points != 0 ? best : nil
    }
  }
}

/// One intent that the utterance may be.
public struct Candidate: Sendable, Equatable {
  /// The intent's number in the matcher.
  public let intent: Int
  /// Its probability, from 0 to 1.
  public let score: Float
  /// The points it was given: likeness to its examples, its patterns, its keywords.
  public let likeness: Float
  public let patterns: Float
  public let keywords: Float

  public var points: Float { likeness + patterns + keywords }
}
