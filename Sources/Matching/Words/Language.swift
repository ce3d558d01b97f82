/// What a folder of intents declares about its language: spellings, word forms, classes, denial.
///
/// A plain value filled by a loader; `MatcherCompiler` turns it into tables.
public struct Language: Sendable, Equatable {
  /// Written forms and the words they stand for: `don't` -> `do not`, `idk` -> `i do not know`.
  public var expansions: [String: [String]] = [:]
  /// Emoji, by their first scalar, and the word they stand for.
  public var emoji: [Unicode.Scalar: String] = [:]
  /// Irregular forms and their base form: `went` -> `go`.
  public var irregular: [String: String] = [:]
  /// Word classes by name (without the tilde), members in the order written.
  public var classes: [String: [ClassMember]] = [:]
  /// Patterns by name (without the brackets); `<name>` in a pattern stands for them.
  public var phrases: [String: Pattern] = [:]
  /// Words of denial: what a pattern's `not` hears. They deny the words after them.
  public var negators: Set<String> = []
  /// Words that deny what follows and are heard as themselves: `nobody`, `nothing`, `without`.
  public var absences: Set<String> = []
  /// Words after which a denial no longer reaches: `but`, `because`, ...
  public var clauseStarters: Set<String> = []
  /// Real words that must not be taken for misspellings of other words.
  public var lexicon: [String] = []

  /// Words that nothing knows are looked at for slips of the finger, disguises and missing spaces.
  public var guessesWords = true

  public init() {}

  /// A member of a word class: words in a row, or another class.
  public enum ClassMember: Sendable, Equatable {
    case words([String])
    case subclass(String)
  }
}
