import Dialogue

/// Words that do not belong to the manner of the bot: advice without asking first, confronting, warning, praise
/// of strength, claims to understand. What is found is to be looked at by a person; words alone do not decide.
public struct Phrases: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case advice, confronting, warning, praise
    /// "I understand", which says that one did and does not show it.
    case claim = "claim to understand"
  }

  /// By kind, in lower case, without punctuation; found as whole words in a row.
  public var anywhere: [(kind: Kind, phrase: String)]
  /// The same, at the beginning of a sentence only: in its midst "you have to" may be the person's own burden.
  public var openings: [(kind: Kind, phrase: String)]
  /// Words that may stand before an opening.
  public var starters: Set<String>

  public init(
    anywhere: [(kind: Kind, phrase: String)], openings: [(kind: Kind, phrase: String)], starters: Set<String>
  ) {
    self.anywhere = anywhere
    self.openings = openings
    self.starters = starters
  }

  public static let english = Phrases(
    anywhere: pairs(
      .advice, "my advice", "i advise", "i suggest", "i recommend", "i would recommend", "if i were you",
      "why don't you", "why not just", "you'd better", "you had better", "you could always", "it would be best if you",
      "make sure you")
      + pairs(
        .confronting, "you are wrong", "you're wrong", "that is not true", "that's not true", "you must admit",
        "you have to admit", "admit it", "you are in denial", "you're in denial", "no excuse", "stop making excuses",
        "you are just", "you're just", "be honest with yourself", "the problem is you", "you are overreacting")
      + pairs(
        .warning, "or else", "you will regret", "you'll regret", "you will end up", "you'll end up", "watch out",
        "if you don't change", "if you do not change", "if you keep this up", "if you go on like this", "mark my words")
      + pairs(
        .praise, "you are strong", "you're strong", "you are so strong", "you're so strong", "how strong you are",
        "your strength", "so brave", "you are brave", "you're brave", "proud of you", "well done", "good job",
        "great job", "good for you", "you are amazing", "you're amazing", "inspiring", "impressive", "superhuman")
      + pairs(.claim, "i understand", "i hear you", "i hear that", "i know how you feel", "i know exactly"),
    openings: pairs(
      .advice, "you should", "you shouldn't", "you should not", "you need to", "you have to", "you must",
      "you ought to",
      "you might want to", "you may want to", "try to", "start by", "just try", "have you tried", "have you considered",
      "have you thought about trying"),
    starters: ["maybe", "perhaps", "then", "so", "first", "but", "and", "well", "now", "also", "next"])

  private static func pairs(_ kind: Kind, _ phrases: String...) -> [(kind: Kind, phrase: String)] {
    phrases.map { (kind, $0) }
  }

  /// What is found in a reply. Steps were said yes to, information was asked for, a reflection that opens with
  /// "you have to" says back what someone told; crisis lines are to be urgent.
  func findings(in turn: Turn) -> [(kind: Kind, phrase: String, sentence: String)] {
    var found: [(kind: Kind, phrase: String, sentence: String)] = []
    for part in turn.parts where part.kind != .crisisLine {
      let mayDirect = part.kind == .step || part.kind == .information || part.kind.isReflection
      for sentence in Sentences.split(part.text) {
        let words = Sentences.words(sentence)
        for (kind, phrase) in anywhere where Phrases.holds(words, phrase) { found.append((kind, phrase, sentence)) }
        guard !mayDirect else { continue }
        let opening = words.drop { starters.contains($0) }
        for (kind, phrase) in openings where opening.starts(with: phrase.split(separator: " ").map(String.init)) {
          found.append((kind, phrase, sentence))
        }
      }
    }
    return found
  }

  private static func holds(_ words: [String], _ phrase: String) -> Bool {
    let wanted = phrase.split(separator: " ").map(String.init)
    guard wanted.count <= words.count else { return false }
    return (0...(words.count - wanted.count)).contains { words[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }
}

/// Text as sentences and words.
enum Sentences {
  /// Sentences end in `.`, `!` or `?` before a space or the end; closing quotes and brackets belong to them.
  static func split(_ text: String) -> [String] {
    var sentences: [String] = []
    var current = ""
    var ended = false
    for c in text {
      if ended, c.isWhitespace {
        sentences.append(current)
        current = ""
        ended = false
        continue
      }
      current.append(c)
      if ".!?".contains(c) {
        ended = true
      } else if !"\"'”’)]".contains(c) {
        ended = false
      }
    }
    sentences.append(current)
    return sentences.map { Transcript.trim($0) }.filter { $0.contains { $0.isLetter || $0.isNumber } }
  }

  /// In lower case, apostrophes straight, other signs left out.
  static func words(_ sentence: String) -> [String] {
    sentence.lowercased().split { $0.isWhitespace || $0 == "-" }
      .map { word in
        word.map { $0 == "’" ? "'" : $0 }.filter { $0.isLetter || $0.isNumber || $0 == "'" }
      }
      .map { String($0).trimmed("'") }.filter { !$0.isEmpty }
  }
}

extension String {
  fileprivate func trimmed(_ sign: Character) -> String {
    var part = self[...]
    while part.first == sign { part = part.dropFirst() }
    while part.last == sign { part = part.dropLast() }
    return String(part)
  }
}
